import { catalogue } from "./catalogue.ts";

export const listWords = catalogue({
  loading: (many: string) => `Loading ${many}`,
  failed: (many: string) => `The ${many} could not be loaded`,
  // The total is unknown, because counting would have to look at every item.
  showing: (count: number, many: string) => `Showing ${count} ${many}`,
  count: (count: number, noun: string) => `${count} ${noun}`,
  showMore: "Show more",
  tryAgain: "Try again",
  moreFailed: "Couldn’t load more",
});
