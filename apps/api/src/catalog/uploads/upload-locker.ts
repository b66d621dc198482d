import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { ERRORS, type Locker } from "@tus/server";
import type { Database } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { UploadEntity } from "./upload.entity.ts";

/** Lets one request at a time write to an upload, among all processes of the shop. */
export interface UploadLocker extends Locker {
  /** Runs `work` while no other request writes to the upload. Rejects if it takes too long to get there. */
  holding<Result>(id: string, work: () => Promise<Result>): Promise<Result>;
}

/** A request that has not extended its claim for this long is in a process that has died. */
const LEASE_MS = 10_000;
const LOOK_EVERY_MS = 500;
const TRY_EVERY_MS = 100;
const PATIENCE_MS = 15_000;

/** What tus clients take for "try again soon" (RFC 4918, 11.3). */
const LOCKED = { status_code: 423, body: "Another request writes to this upload\n" };

/**
 * Makes a locker whose locks are claims in the rows of uploads. The one of `@tus/server` knows one process only, and spins
 * while it waits. A request that waits asks the holder to let go: after a broken connection, the holder can be a request
 * whose sender is long gone.
 */
export function createUploadLocker({
  database,
  clock,
}: {
  database: Pick<Database, "fork">;
  clock: Clock;
}): UploadLocker {
  async function tryToClaim(id: string, claim: string): Promise<boolean> {
    const now = clock.now();
    const isFree = { id, $or: [{ claimedUntil: null }, { claimedUntil: { $lt: new Date(now) } }] };
    const taken = { claim, claimedUntil: new Date(now + LEASE_MS), isClaimWanted: false };
    return (await database.fork().nativeUpdate(UploadEntity, isFree, taken)) === 1;
  }

  async function claimInTime(id: string, claim: string, signal: AbortSignal): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!(await tryToClaim(id, claim))) {
      const asked = await database.fork().nativeUpdate(UploadEntity, { id }, { isClaimWanted: true });
      if (asked === 0) throw ERRORS.FILE_NOT_FOUND;
      if (performance.now() > giveUpAt || signal.aborted) throw LOCKED;
      await wait(TRY_EVERY_MS);
    }
  }

  /** Extends a claim, and returns true as long as nobody else wants it. */
  async function extend(id: string, claim: string): Promise<boolean> {
    const em = database.fork();
    const held = await em.nativeUpdate(UploadEntity, { id, claim }, { claimedUntil: new Date(clock.now() + LEASE_MS) });
    return held === 1 && (await em.count(UploadEntity, { id, claim, isClaimWanted: false })) === 1;
  }

  function newLock(id: string) {
    const claim = randomUUID();
    let looking: NodeJS.Timeout | undefined;
    return {
      async lock(signal: AbortSignal, letGo: () => Promise<void> | void): Promise<void> {
        await claimInTime(id, claim, signal);
        looking = setInterval(async () => {
          // A database out of reach takes no claim away.
          if (!(await extend(id, claim).catch(() => true))) await letGo();
        }, LOOK_EVERY_MS);
      },
      async unlock(): Promise<void> {
        clearInterval(looking);
        await database
          .fork()
          .nativeUpdate(UploadEntity, { id, claim }, { claim: null, claimedUntil: null, isClaimWanted: false });
      },
    };
  }

  return {
    newLock,
    async holding(id, work) {
      const lock = newLock(id);
      await lock.lock(new AbortController().signal, () => {});
      try {
        return await work();
      } finally {
        await lock.unlock();
      }
    },
  };
}
