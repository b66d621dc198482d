import { catalogue } from "./catalogue.ts";

export const markdownWords = catalogue({
  picture: "Picture",
});
