import { catalogue } from "./catalogue.ts";

/** On cards and in the form: a file of its own, so that neither page loads the words of the other. */
export const productStatusWords = catalogue({
  draft: "Draft",
  published: "Published",
  archived: "Archived",
});
