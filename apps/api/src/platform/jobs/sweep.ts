import type { Logger } from "../lib/logger.ts";

/** A chore of the sweep, by the name that the log has for it. */
export type Chore = readonly [name: string, run: () => Promise<unknown>];

/**
 * Makes the work of a worker that clears up behind the server, one chore after the other. A chore that fails is logged
 * and keeps no other from its turn; the next sweep tries it again.
 */
export function createSweep(chores: readonly Chore[], logger: Logger): () => Promise<void> {
  return async function sweep() {
    for (const [name, run] of chores) {
      await run().catch((error: Error) => logger.warn({ error: error.message }, `could not sweep ${name}`));
    }
  };
}
