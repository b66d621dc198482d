import { catalogue } from "./catalogue.ts";

export const loadedWords = catalogue({
  failed: (what: string) => `${what} could not be loaded`,
  loading: (what: string) => `Loading ${what.toLowerCase()}`,
});
