import type { Database } from "../platform/db/database.ts";
import { readShopSettings } from "./read-shop-settings.ts";

const PATIENCE_MS = 500;

/**
 * Makes the function that returns the shop's name for answers that must not fail with the database: the HTML document
 * and the description of the API. If the database does not answer in time, it returns the name of the last answer, or
 * null if there was none.
 */
export function createShopName(database: Pick<Database, "fork">): () => Promise<string | null> {
  let known: string | null = null;
  return async () => {
    const reading = readShopSettings(database.fork()).then(
      ({ name }) => {
        known = name;
      },
      () => {},
    );
    let timer: NodeJS.Timeout | undefined;
    const waiting = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([reading, waiting]);
    clearTimeout(timer);
    return known;
  };
}
