import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Context } from "../../platform/http/context.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";

interface Wanted {
  isRemembered: boolean;
  /** Asks whether the account, as it is now, wants a second factor beside what was proven. */
  needsSecondFactor(): Promise<boolean>;
  /** Says whether the proof still counts for the account as it is now, since it has changed meanwhile. */
  isProven(now: AccountForLogin): boolean;
}

/**
 * Begins a session for the proven owner of an account, and looks at the account again once it is stored. Null: the
 * account was disabled, deleted, or changed in what was proven meanwhile, and nobody is logged in.
 */
export async function beginSession(
  ctx: SessionContext,
  req: Request,
  account: AccountForLogin,
  { isRemembered, needsSecondFactor, isProven }: Wanted,
): Promise<SessionRecord | null> {
  const { sessions, log } = ctx;
  const begin = async (of: AccountForLogin, isPending: boolean) =>
    sessions.begin(req, await describeUser(ctx, of.user), { isRemembered, isPending });
  const session = await begin(account, await needsSecondFactor());
  const { now, isPending } = await recheck(ctx, req, async (em) => ({
    now: await findAccountById(em, account.user.id),
    isPending: await needsSecondFactor(),
  }));
  if (now && !now.isDisabled && now.version === account.version && isPending === session.isPending) return session;

  log.info({ userId: account.user.id }, "account changed while it was being logged in to");
  if (now && !now.isDisabled && isProven(now)) return begin(now, isPending);
  await sessions.abandon(req);
  return null;
}

type RecheckContext = Pick<Context, "em"> & { sessions: Sessions };

/**
 * Looks at the account again once its session is stored. A change from here on finds the session by its user; one that
 * was made before the session was stored could not. When looking fails, so does the login: no cookie leaves.
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
