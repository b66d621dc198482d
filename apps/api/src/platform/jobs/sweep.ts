import type { Logger } from "../lib/logger.ts";

/** A periodic clean-up task, with its name for the log. */
export type Chore = readonly [name: string, run: () => Promise<unknown>];

/**
 * Makes a function for a worker that runs the chores one after the other. When a chore fails, the failure is logged,
 * the remaining chores still run, and the next sweep tries the chore again.
 */
export function createSweep(chores: readonly Chore[], logger: Logger): () => Promise<void> {
  return async function sweep() {
    for (const [name, run] of chores) {
      await run().catch((error: Error) => logger.warn({ error: error.message }, `could not sweep ${name}`));
    }
  };
}
