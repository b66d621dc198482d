import { catalogue } from "./catalogue.ts";

/** The buttons that move an item of a list. */
export const moveWords = catalogue({
  up: (title: string) => `Move ${title} up`,
  down: (title: string) => `Move ${title} down`,
});
