import { catalogue } from "./catalogue.ts";

export const formWords = catalogue({
  faults: "Please fix the following",
  kept: "We kept what you typed.",
  password: "Password",
  show: (label: string) => `Show ${label.toLowerCase()}`,
  capsLock: "Caps lock is on",
});
