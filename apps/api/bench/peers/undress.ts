// Loaded before the product: it then runs without its headers, log and request id. Nothing else of it changes.
import { registerHooks } from "node:module";

const dress = ["request-log.ts", "security-headers.ts"].map((name) => urlOf(`../../src/platform/http/${name}`));

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context);
    return dress.includes(found.url) ? { ...found, url: urlOf("./undressed.ts") } : found;
  },
});

function urlOf(file: string): string {
  return new URL(file, import.meta.url).href;
}
