import { catalogue } from "./catalogue.ts";

export const deviceWords = catalogue({
  title: "Devices",
  hint: "Devices that are logged in. Don’t recognise one? Log it out and change your password.",
  what: "Your devices",
  label: "Devices",
  loggedOut: (device: string) => `${device} is logged out`,
  logOutFailed: "We couldn’t log it out",
  logOutOthers: "Log out all other devices…",
  othersTitle: "Log out all other devices?",
  othersText: "You’ll stay logged in on this device only.",
  confirmOthers: "Log out all other devices",
  cancel: "Cancel",
  othersLoggedOut: "All your other devices are logged out",
  othersFailed: "We couldn’t log them out",
  current: "This device",
  lastUsed: "Last used {ago}, from {address}",
  since: "Logged in since {date}",
  logOut: "Log out",
  logOutDevice: (device: string) => `Log out ${device}`,
});
