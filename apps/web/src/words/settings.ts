import { catalogue } from "./catalogue.ts";

export const settingsWords = catalogue({
  label: "Settings",
  tabs: { profile: "Profile", store: "Store", security: "Security", ownData: "Your data" },
  profile: {
    title: "Your profile",
    what: "Your profile",
    nameSaved: "Your name is saved",
  },
  security: {
    title: "Security",
    loading: "Loading your security settings",
    passwordChanged: "Your password is changed, and your other devices are logged out",
  },
});
