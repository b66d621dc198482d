import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Context } from "../../platform/http/context.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";

interface BeginOptions {
  isRemembered: boolean;
  /** Tells if the account currently requires a second factor in addition to the proof that the login gave. */
  needsSecondFactor(em: EntityManager): Promise<boolean>;
  /** Tells if the proof that the login gave (the password, for example) still holds for the account as it is now. */
  isProven(now: AccountForLogin): boolean;
}

/**
 * Maximum number of sessions that one login stores one after the other because the account changed again. No owner
 * makes this many changes at once.
 */
const TRIES = 5;

/**
 * Begins a session for the verified owner of an account, and reads the account again after the session is stored. A
 * change after that moment finds the session; a change before it does not. If the account has changed, this stores a
 * new session and reads the account once more. Null: the account was disabled or deleted, the proof no longer holds
 * (the password changed, for example), or the account changed at each of the `TRIES`; no session remains.
 */
export async function beginSession(
  ctx: SessionContext,
  req: Request,
  account: AccountForLogin,
  { isRemembered, needsSecondFactor, isProven }: BeginOptions,
): Promise<SessionRecord | null> {
  const { sessions, log } = ctx;
  let state = { now: account, isPending: await needsSecondFactor(ctx.em) };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { now: before, isPending } = state;
    const user = await describeUser(ctx, before.user);
    const session = await sessions.begin(req, user, { isRemembered, isPending });
    const { now, ...rest } = await recheck(ctx, req, async (em) => ({
      now: await findAccountById(em, user.id),
      isPending: await needsSecondFactor(em),
    }));
    if (!now || now.isDisabled) break;
    if (now.version === before.version && rest.isPending === isPending) return session;

    log.info({ userId: user.id }, "account changed while it was being logged in to");
    if (!isProven(now)) break;
    state = { now, ...rest };
  }
  await sessions.abandon(req);
  return null;
}

type RecheckContext = Pick<Context, "em"> & { sessions: Sessions };

/**
 * Reads the account again after its session is stored. A change after that moment finds the session by its user; a
 * change before it does not. If the read fails, this abandons the session and throws: no cookie is sent.
 */
export function recheckAccount(ctx: RecheckContext, req: Request, userId: string): Promise<AccountForLogin | null> {
  return recheck(ctx, req, (em) => findAccountById(em, userId));
}

async function recheck<Found>(
  { em, sessions }: RecheckContext,
  req: Request,
  find: (em: EntityManager) => Promise<Found>,
): Promise<Found> {
  try {
    return await find(em.fork());
  } catch (error) {
    await sessions.abandon(req).catch(() => {});
    throw error;
  }
}
