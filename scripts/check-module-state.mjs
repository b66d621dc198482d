// No module of the web app holds state: createApp makes what changes, and hands it on. So an app that ends leaves nothing
// behind for the next one, as in tests, and a look at createApp shows what there is.
import { isTest, runCheck } from "./sources.mjs";

/** What a module may keep, and why. */
const KEPT = {
  "apps/web/src/platform/lib/format.ts amountFormats": "the format of a currency never changes: a list has many prices",
  "apps/web/src/platform/ui/price.ts namesByCurrency": "the names of a currency never change: it spares making formats",
};

export function faultsOf(sources) {
  return sources
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, state }) => state.filter(({ text }) => !(`${path} ${text}` in KEPT)))
    .map(({ text, place }) => `${place}: ${text} is state of a module. Make it in createApp, and hand it on`);
}

runCheck(import.meta.url, { places: ["apps/web/src"], atLeast: 300, faultsOf });
