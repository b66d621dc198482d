import { v7 as uuid } from "uuid";
import type { EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";

/** The pieces of work that the server does later. Each has a handler (see `runJobs`). */
export type JobName = "check_file" | "prepare_picture";

/**
 * Adds a job to the transaction of `em`, so that it is done if, and only if, the transaction commits. One that waits for
 * the same key already is not added again.
 *
 * @example
 * await enqueueJob(ctx, { name: "check_file", key: file.id });
 */
export async function enqueueJob(
  { em, clock }: { em: EntityManager; clock: Clock },
  { name, key }: { name: JobName; key: string },
): Promise<void> {
  const now = new Date(clock.now());
  await em.execute(
    "insert into jobs (id, name, key, due_at, attempts, created_at) values (?, ?, ?, ?, 0, ?) on conflict (name, key) do nothing",
    [uuid(), name, key, now, now],
  );
}
