import { catalogue } from "./catalogue.ts";

export const storeAtWords = catalogue({ text: "Your store is at {link}" });
