import { raw } from "@mikro-orm/core";
import type { Database } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { JobName } from "./enqueue-job.ts";
import { JobEntity, type JobRow } from "./job.entity.ts";

/**
 * Does one job. It can be called again for work that it has done in part or as a whole: a process can die at any line,
 * and the next one starts over.
 */
export type JobHandler = (key: string, isStopping: () => boolean) => Promise<void>;

interface JobParts {
  database: Pick<Database, "fork">;
  clock: Clock;
  logger: Logger;
  jobHandlers: Record<JobName, JobHandler>;
}

/** A process that has not extended its claim for this long is dead, and another one takes the job. */
const LEASE_MS = 60_000;
const EXTEND_EVERY_MS = 15_000;
const MINUTE = 60_000;
/** Milliseconds from each failed attempt to the next one. The last value is used for all further attempts. */
const RETRY_AFTER = [MINUTE, 5 * MINUTE, 30 * MINUTE, 6 * 60 * MINUTE];

/** Does the jobs that are due, the oldest first, until none is left. Several processes can do this at once. */
export async function runJobs(parts: JobParts, isStopping: () => boolean): Promise<void> {
  while (!isStopping()) {
    const job = await claimNext(parts);
    if (job === null) return;
    await doJob(parts, job, isStopping);
  }
}

/** Claims the next job for this process. Null: there is none. */
async function claimNext({ database, clock }: JobParts): Promise<JobRow | null> {
  const em = database.fork();
  const now = clock.now();
  const isFree = {
    dueAt: { $lte: new Date(now) },
    $or: [{ claimedUntil: null }, { claimedUntil: { $lt: new Date(now) } }],
  };
  for (;;) {
    const [next] = await em.find(JobEntity, isFree, { orderBy: { dueAt: "asc", id: "asc" }, limit: 1 });
    if (!next) return null;
    const claim = { claimedUntil: new Date(now + LEASE_MS), attempts: raw<number>("attempts + 1") };
    // Zero rows: another process was faster.
    if ((await em.nativeUpdate(JobEntity, { id: next.id, ...isFree }, claim)) === 1)
      return database.fork().findOneOrFail(JobEntity, { id: next.id });
    em.clear();
  }
}

async function doJob(parts: JobParts, job: JobRow, isStopping: () => boolean): Promise<void> {
  const { database, clock, logger, jobHandlers } = parts;
  const mine = { id: job.id, attempts: job.attempts };
  const extending = setInterval(() => {
    const claimedUntil = new Date(clock.now() + LEASE_MS);
    database
      .fork()
      .nativeUpdate(JobEntity, mine, { claimedUntil })
      .catch(() => {});
  }, EXTEND_EVERY_MS);
  try {
    await jobHandlers[job.name as JobName](job.key, isStopping);
    await database.fork().nativeDelete(JobEntity, mine);
  } catch (error) {
    const lastError = (error as Error).message.slice(0, 500);
    const wait = isStopping() ? 0 : (RETRY_AFTER[Math.min(job.attempts, RETRY_AFTER.length) - 1] ?? MINUTE);
    const dueAt = new Date(clock.now() + wait);
    await database.fork().nativeUpdate(JobEntity, mine, { dueAt, claimedUntil: null, lastError });
    if (!isStopping())
      logger.warn({ event: "job_failed", job: job.name, key: job.key, error: lastError }, "could not do a job");
  } finally {
    clearInterval(extending);
  }
}
