import { catalogue } from "./catalogue.ts";

export const queryBoundaryWords = catalogue({
  failed: (what: string) => `${what} could not be loaded`,
  loading: (what: string) => `Loading ${what.toLowerCase()}`,
});
