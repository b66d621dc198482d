import { UniqueConstraintViolationException } from "@mikro-orm/core";
import type { StoreChange } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { isReservedSlug } from "../../platform/lib/slug.ts";
import { limited, type TooMany } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { StoreEntity, type StoreRow } from "./store.entity.ts";
import { StoreHandleEntity } from "./store-handle.entity.ts";

type ChangeContext = Pick<Context, "em" | "clock"> & { limits: Limits; rateLimiter: RateLimiter };

interface ChangeStoreInput {
  owner: SessionUser;
  change: StoreChange;
}

export type ChangeStoreOutcome =
  | { kind: "changed" | "not_found" | "unauthenticated" | "handle_taken" | "handle_reserved" }
  | TooMany;

/**
 * Changes the store of a user. Its former handle stays with it. Counts as a change of the owner if sessions show what
 * has changed: the caller writes it to them. `too_many`: the handle has changed too often. `handle_taken`: another store
 * has or had it. `not_found`: the user has no store.
 */
export async function changeStore(
  ctx: ChangeContext,
  { owner, change }: ChangeStoreInput,
): Promise<ChangeStoreOutcome> {
  const store = await ctx.em.fork().findOne(StoreEntity, { owner: owner.id });
  if (!store) return { kind: "not_found" };
  const { handle, ...others } = change;
  if (handle === undefined || handle === store.handle) return writeChange(ctx, { owner, change: others });
  if (isReservedSlug(handle)) return { kind: "handle_reserved" };
  const ofStore = { key: `handleChanges:${store.id}`, limit: ctx.limits.handleChanges };
  return limited(ctx, [ofStore], () => writeChange(ctx, { owner, change }), {
    isCounted: ({ kind }) => kind === "changed",
  });
}

async function writeChange(
  ctx: ChangeContext,
  { owner: session, change }: ChangeStoreInput,
): Promise<Exclude<ChangeStoreOutcome, TooMany>> {
  try {
    return await inTransaction(ctx, async (ctx) => {
      const { em, clock } = ctx;
      const owner = await lockUserOfSession(ctx, session);
      if (!owner) return { kind: "unauthenticated" };
      const store = await em.findOne(StoreEntity, { owner: owner.id });
      if (!store) return { kind: "not_found" };
      const now = new Date(clock.now());
      if (change.handle !== undefined && !(await takeHandle(em, { store, handle: change.handle, now }))) {
        return { kind: "handle_taken" };
      }
      em.assign(store, withoutUndefined(change));
      if (change.name !== undefined || change.handle !== undefined) em.assign(owner, { updatedAt: now });
      return { kind: "changed" };
    });
  } catch (error) {
    // Another request took the handle after the check for a free one.
    if (error instanceof UniqueConstraintViolationException) return { kind: "handle_taken" };
    throw error;
  }
}

interface HandleToTake {
  store: StoreRow;
  handle: string;
  now: Date;
}

/** Returns false if the handle belongs to another store. A former handle of the store itself may be taken back. */
async function takeHandle(em: EntityManager, { store, handle, now }: HandleToTake): Promise<boolean> {
  const known = await em.findOne(StoreHandleEntity, { handle });
  if (known) return known.store.id === store.id;
  em.persist(em.create(StoreHandleEntity, { handle, store, createdAt: now }));
  return true;
}

/** The given fields alone: an absent field must not be written as null. */
function withoutUndefined(change: StoreChange): Partial<StoreRow> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
