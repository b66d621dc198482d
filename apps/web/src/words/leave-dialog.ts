import { catalogue } from "./catalogue.ts";

export const leaveDialogWords = catalogue({
  navigation: {
    title: "Leave without saving?",
    text: "Your changes here aren’t saved.",
    leave: "Leave",
  },
  "log-out": {
    title: "Log out without saving?",
    text: "Your changes here aren’t saved and will be lost.",
    leave: "Log out",
  },
  "logged-out-elsewhere": {
    title: "You’re logged out",
    text: "You logged out in another tab. Your changes here aren’t saved.",
    leave: "Leave",
  },
  logIn: "Log in and keep them",
  stay: "Stay here",
});
