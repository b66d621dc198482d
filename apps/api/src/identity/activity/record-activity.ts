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
  /** The account of the event; null: no account, so the event is only logged. */
  userId: string | null;
}

export type ActivityContext = Pick<Context, "em" | "clock"> & { client: ClientInfo };

/**
 * Writes a security event to the log, in OWASP's vocabulary (Logging Vocabulary Cheat Sheet), and, if the event has an
 * account, to the owner's activity page (R78). Writes with `ctx.em`, so the row commits or rolls back with the event
 * itself.
 */
export async function recordActivity(ctx: ActivityContext, event: Event): Promise<void> {
  logActivity(ctx.client, event);
  await insertActivity(ctx, event);
}

/** Queue of events that are stored after their HTTP response was sent. */
export interface ActivityBacklog {
  add(client: ClientInfo, event: Event): void;
  /** Resolves once the queue is empty. */
  finish(): Promise<void>;
}

/**
 * Number of events stored at once. Postgres has ten connections, and the requests of waiting clients need free ones.
 */
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
      // The log has a line for each dropped event too, so one warning per overflow is enough.
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
 * Logs an event now and stores it after the response was sent, so that the response time is the same for an address
 * with an account and for one without (R12). The row is lost if the process dies before it is stored or if the queue is
 * full; the line in the log stays.
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
 * Logs that a user requested an object that is not theirs. The object belongs to another user or was deleted; the
 * server does not distinguish the two cases. Stores nothing, since no account has changed.
 */
export function logForeignId({ client }: { client: ClientInfo }, userId: string): void {
  const { fullAddress, sessionHash } = client;
  client.log.warn({ event: "authz_fail", userId, address: fullAddress, sessionHash }, "authz_fail");
}

function logActivity({ log, fullAddress, sessionHash }: ClientInfo, { kind, userId }: Event): void {
  log.info({ event: kind, userId: userId ?? undefined, address: fullAddress, sessionHash }, kind);
}

/**
 * Stores an event unless the account has reached the daily limit of its kind. Concurrent events may exceed the limit by
 * a few.
 */
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
