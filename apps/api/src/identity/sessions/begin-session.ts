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
  /** Tells if the account, as it is now, requires a second factor beside the proof. */
  needsSecondFactor(em: EntityManager): Promise<boolean>;
  /** Tells if the proof still holds for the account as it is now. */
  isProven(now: AccountForLogin): boolean;
}

/**
 * Begins a session for the verified owner of an account, and reads the account again once it is stored. Null: the
 * account was disabled, deleted, or changed in what was proven meanwhile, and no session remains.
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
  const session = await begin(account, await needsSecondFactor(ctx.em));
  const { now, isPending } = await recheck(ctx, req, async (em) => ({
    now: await findAccountById(em, account.user.id),
    isPending: await needsSecondFactor(em),
  }));
  if (now && !now.isDisabled && now.version === account.version && isPending === session.isPending) return session;

  log.info({ userId: account.user.id }, "account changed while it was being logged in to");
  if (now && !now.isDisabled && isProven(now)) return begin(now, isPending);
  await sessions.abandon(req);
  return null;
}

type RecheckContext = Pick<Context, "em"> & { sessions: Sessions };

/**
 * Reads the account again once its session is stored. A later change finds the session by its user; one from before the
 * session was stored could not. If reading fails, so does the login: no cookie is sent.
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
