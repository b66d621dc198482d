import { catalogue } from "./catalogue.ts";

export const demoWords = catalogue({
  inbox: "Demo mode: emails stay in the <a>demo inbox</a>.",
});
