import { catalogue } from "./catalogue.ts";

export const stateWords = catalogue({
  tryAgain: "Try again",
});
