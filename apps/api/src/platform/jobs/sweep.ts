import type { Logger } from "../lib/logger.ts";

/** A chore of the sweep, with its name for the log. */
export type Chore = readonly [name: string, run: () => Promise<unknown>];

/**
 * Makes the work of the sweeping worker: one chore after the other. A failing chore is logged and does not stop the
 * others; the next sweep tries it again.
 */
export function createSweep(chores: readonly Chore[], logger: Logger): () => Promise<void> {
  return async function sweep() {
    for (const [name, run] of chores) {
      await run().catch((error: Error) => logger.warn({ error: error.message }, `could not sweep ${name}`));
    }
  };
}
