import type { ActivityKind } from "@yumroad/contract";
import type { Request } from "express";
import { v7 as uuid } from "uuid";
import { limits } from "../../config/limits.ts";
import type { Dependencies } from "../../dependencies.ts";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { type ClientInfo, clientInfo } from "../../platform/http/client-info.ts";
import { createBacklog } from "../../platform/jobs/backlog.ts";
import type { Clock } from "../../platform/lib/clock.ts";

export { type ClientInfo, clientInfo };

interface Event {
  kind: ActivityKind;
  /** Whose account it is about; null when it is nobody's. */
  userId: string | null;
}

/**
 * Notes a security event: as a line of the log, in OWASP's vocabulary (Logging Vocabulary Cheat Sheet), and where it
 * is about an account for its owner to read (R78). Written with `em`, so in the transaction of what it tells of.
 */
export async function recordActivity(
  { em, clock }: { em: EntityManager; clock: Clock },
  origin: ClientInfo,
  event: Event,
): Promise<void> {
  logActivity(origin, event);
  await store(em, clock, origin, event);
}

/** Events whose answers have left and that are not noted yet. */
export interface ActivityBacklog {
  add(origin: ClientInfo, event: Event): void;
  /** Resolves once all are noted. */
  finish(): Promise<void>;
}

/** Postgres has ten connections, and whoever waits for an answer is to find one free. */
const NOTED_AT_ONCE = 2;
const MOST_WAITING = 1000;

export function createActivityBacklog({ database, clock }: { database: Database; clock: Clock }): ActivityBacklog {
  const backlog = createBacklog({ atOnce: NOTED_AT_ONCE, most: MOST_WAITING });
  let isOverfull = false;
  return {
    add(origin, event) {
      const isTaken = backlog.add(() =>
        store(database.fork(), clock, origin, event).catch((error: Error) =>
          origin.log.warn({ error: error.message }, "an event could not be noted"),
        ),
      );
      // Each of them has its line; that they are nowhere else is said once.
      if (!isTaken && !isOverfull) origin.log.warn("too many events at once: some are in the log alone");
      isOverfull = !isTaken;
    },
    finish: backlog.finish,
  };
}

/**
 * Notes an event once the answer has left: for what must not take longer for an account that there is than for one that
 * there is not (R12). Lost when the process is killed in that moment, or too much happens at once; the line in the log
 * is not.
 */
export function recordActivityLater(
  { activityBacklog }: Pick<Dependencies, "activityBacklog">,
  req: Request,
  event: Event,
): void {
  const origin = clientInfo(req);
  logActivity(origin, event);
  if (event.userId !== null) req.res?.once("close", () => activityBacklog.add(origin, event));
}

/**
 * Notes that somebody has named a thing by a handle that is none of theirs: somebody else's, or nobody's any more, which
 * are not told apart. For the log alone, since it is no event of the account that was meant.
 */
export function logForeignId(req: Request, userId: string): void {
  const { fullAddress, sessionHash } = clientInfo(req);
  req.log.warn({ event: "authz_fail", userId, address: fullAddress, sessionHash }, "authz_fail");
}

function logActivity({ log, fullAddress, sessionHash }: ClientInfo, { kind, userId }: Event): void {
  log.info({ event: kind, userId: userId ?? undefined, address: fullAddress, sessionHash }, kind);
}

/** Unless there are as many of its kind in a day as are kept; a few more where several come in one moment. */
async function store(
  em: EntityManager,
  clock: Clock,
  { device, address }: ClientInfo,
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
