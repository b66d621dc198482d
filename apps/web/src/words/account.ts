import { catalogue } from "./catalogue.ts";

export const accountWords = catalogue({
  banner: {
    label: "About your account",
    deletion: "Your account will be deleted on {date}.",
    keep: "Keep my account",
    keepFailed: "We couldn’t cancel the deletion",
    confirm: (email: string) => `Confirm your email: we sent a link to ${email}.`,
    later: "Later",
  },
  menu: {
    label: "Account menu",
    logOut: "Log out",
  },
  name: {
    title: "Your name",
    open: "Change",
    cancel: "Cancel",
    label: "Change your name",
    name: "Name",
    save: "Save",
  },
});
