import { catalogue } from "./catalogue.ts";

export const copyButtonWords = catalogue({
  copy: "Copy",
  copied: "Copied",
  byHand: "This browser doesn’t let us copy it: select it and copy it yourself",
});
