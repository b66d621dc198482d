// Preloaded into the product: replaces its headers, log and request id by no-ops. Nothing else changes.
import { registerHooks } from "node:module";

const stripped = ["request-log.ts", "security-headers.ts"].map((name) => urlOf(`../../src/platform/http/${name}`));

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context);
    return stripped.includes(found.url) ? { ...found, url: urlOf("./no-op-middleware.ts") } : found;
  },
});

function urlOf(file: string): string {
  return new URL(file, import.meta.url).href;
}
