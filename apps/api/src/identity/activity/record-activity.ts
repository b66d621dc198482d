import type { ActivityKind } from "@yumroad/contract";
import type { Response } from "express";
import { v7 as uuid } from "uuid";
import { limits } from "../../config/limits.ts";
import type { Database } from "../../platform/db/database.ts";
import type { ClientInfo } from "../../platform/http/client-info.ts";
import type { Context } from "../../platform/http/context.ts";
import { createBacklog } from "../../platform/jobs/backlog.ts";
import type { Clock } from "../../platform/lib/clock.ts";

interface Event {
  kind: ActivityKind;
  /** The account of the event; null for none. */
  userId: string | null;
}

export type ActivityContext = Pick<Context, "em" | "clock"> & { client: ClientInfo };

/**
 * Records a security event: as a line of the log, in OWASP's vocabulary (Logging Vocabulary Cheat Sheet), and, if it
 * has an account, on its owner's activity page (R78). Written with `ctx.em`, so in the transaction of the event itself.
 */
export async function recordActivity(ctx: ActivityContext, event: Event): Promise<void> {
  logActivity(ctx.client, event);
  await insertActivity(ctx, event);
}

/** Events to record after their answers were sent. */
export interface ActivityBacklog {
  add(client: ClientInfo, event: Event): void;
  /** Resolves once all are recorded. */
  finish(): Promise<void>;
}

/** Postgres has ten connections, and requests waiting for an answer need a free one. */
const NOTED_AT_ONCE = 2;
const MOST_WAITING = 1000;

export function createActivityBacklog({ database, clock }: { database: Database; clock: Clock }): ActivityBacklog {
  const backlog = createBacklog({ atOnce: NOTED_AT_ONCE, most: MOST_WAITING });
  let isOverfull = false;
  return {
    add(client, event) {
      const isTaken = backlog.add(() =>
        insertActivity({ em: database.fork(), clock, client }, event).catch((error: Error) =>
          client.log.warn({ error: error.message }, "an event could not be noted"),
        ),
      );
      // Each of them has its line in the log; the warning is logged once per overflow.
      if (!isTaken && !isOverfull) client.log.warn("too many events at once: some are in the log alone");
      isOverfull = !isTaken;
    },
    finish: backlog.finish,
  };
}

export interface ActivityBacklogContext {
  activityBacklog: ActivityBacklog;
  client: ClientInfo;
}

/**
 * Records an event after the answer was sent, so that the answer takes equally long for accounts that exist and for
 * those that do not (R12). The event is lost when the process is killed in that moment or too many are waiting; its
 * line in the log stays.
 */
export function recordActivityLater(
  { activityBacklog, client }: ActivityBacklogContext,
  res: Response,
  event: Event,
): void {
  logActivity(client, event);
  if (event.userId !== null) res.once("close", () => activityBacklog.add(client, event));
}

/**
 * Logs that a user has named a thing by an id that is not theirs: another user's, or of a deleted thing; the two are
 * not told apart. Only logged, since nothing has happened to an account.
 */
export function logForeignId({ client }: { client: ClientInfo }, userId: string): void {
  const { fullAddress, sessionHash } = client;
  client.log.warn({ event: "authz_fail", userId, address: fullAddress, sessionHash }, "authz_fail");
}

function logActivity({ log, fullAddress, sessionHash }: ClientInfo, { kind, userId }: Event): void {
  log.info({ event: kind, userId: userId ?? undefined, address: fullAddress, sessionHash }, kind);
}

/** Stores the event unless its kind's daily limit is reached; concurrent events may exceed it by a few. */
async function insertActivity(
  { em, clock, client: { device, address } }: ActivityContext,
  { kind, userId }: Event,
): Promise<void> {
  if (userId === null) return;
  const { max, windowMs } = limits.activityOfKind;
  const since = new Date(clock.now() - windowMs);
  const sql = `insert into activity (id, user_id, kind, at, device, address) select ?, ?, ?, ?, ?, ?
    where (select count(*) from activity where user_id = ? and kind = ? and at > ?) < ?`;
  const row = [uuid(), userId, kind, new Date(clock.now()), device, address];
  await em.execute(sql, [...row, userId, kind, since, max]);
}
