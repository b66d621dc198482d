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
  /** The account that it is about; null when it is about none. */
  userId: string | null;
}

export type ActivityContext = Pick<Context, "em" | "clock"> & { client: ClientInfo };

/**
 * Notes a security event: as a line of the log, in OWASP's vocabulary (Logging Vocabulary Cheat Sheet), and, if it is
 * about an account, for its owner to read (R78). Written with `ctx.em`, so in the transaction of the event itself.
 */
export async function recordActivity(ctx: ActivityContext, event: Event): Promise<void> {
  logActivity(ctx.client, event);
  await insertActivity(ctx, event);
}

/** Events whose answers have left and that are not noted yet. */
export interface ActivityBacklog {
  add(client: ClientInfo, event: Event): void;
  /** Resolves once all are noted. */
  finish(): Promise<void>;
}

/** Postgres has ten connections, and requests that wait for an answer need one free. */
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
      // Each of them has its line; that they are nowhere else is said once.
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
 * Notes an event once the answer has left, so that the answer takes as long for an account that exists as for one that
 * does not (R12). Lost when the process is killed in that moment, or too much happens at once; its line in the log
 * stays.
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
 * Notes that a user has named a thing by an id that is not theirs, be it somebody else's or of a thing that is gone: the
 * two are not told apart. For the log alone, since nothing has happened to the account that was meant.
 */
export function logForeignId({ client }: { client: ClientInfo }, userId: string): void {
  const { fullAddress, sessionHash } = client;
  client.log.warn({ event: "authz_fail", userId, address: fullAddress, sessionHash }, "authz_fail");
}

function logActivity({ log, fullAddress, sessionHash }: ClientInfo, { kind, userId }: Event): void {
  log.info({ event: kind, userId: userId ?? undefined, address: fullAddress, sessionHash }, kind);
}

/** Unless there are as many of its kind in a day as are kept; a few more where several come in one moment. */
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
