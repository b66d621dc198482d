import { catalogue } from "./catalogue.ts";

export const deviceNameWords = catalogue({
  on: (browser: string, system: string) => `${browser} on ${system}`,
  unknown: "This browser",
});
