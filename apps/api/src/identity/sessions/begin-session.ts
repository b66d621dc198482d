import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountForLogin, findAccountById } from "../users/queries.ts";

interface Parts {
  em: EntityManager;
  sessions: Sessions;
  accountExtension: AccountExtension;
  log: Logger;
}

interface Wanted {
  isRemembered: boolean;
  /** Whether the account asks for a second factor beside what was proven, as it is now. */
  needsSecondFactor(): Promise<boolean>;
  /** Whether what was proven still counts for the account as it is now, since it has changed meanwhile. */
  isProven(now: AccountForLogin): boolean;
}

/**
 * Begins a session for somebody who has proven to be the owner of an account, and looks at the account again once it is
 * stored. Null: the account was disabled, deleted, or changed in what was proven meanwhile, and nobody is logged in.
 */
export async function beginSession(
  parts: Parts,
  req: Request,
  account: AccountForLogin,
  { isRemembered, needsSecondFactor, isProven }: Wanted,
): Promise<SessionRecord | null> {
  const { sessions, log } = parts;
  const begin = async (of: AccountForLogin, isPending: boolean) =>
    sessions.begin(req, await describeUser(parts, of.user), { isRemembered, isPending });
  const session = await begin(account, await needsSecondFactor());
  const { now, isPending } = await recheck(parts, req, async (em) => ({
    now: await findAccountById(em, account.user.id),
    isPending: await needsSecondFactor(),
  }));
  if (now && !now.isDisabled && now.version === account.version && isPending === session.isPending) return session;

  log.info({ userId: account.user.id }, "account changed while it was being logged in to");
  if (now && !now.isDisabled && isProven(now)) return begin(now, isPending);
  await sessions.abandon(req);
  return null;
}

/**
 * Looks at the account again once its session is stored. Whoever disables or changes it from here on finds the session
 * by its user; whoever did before it was stored could not. When looking fails, so does the log-in: no cookie leaves.
 */
export function recheckAccount(
  parts: Pick<Parts, "em" | "sessions">,
  req: Request,
  userId: string,
): Promise<AccountForLogin | null> {
  return recheck(parts, req, (em) => findAccountById(em, userId));
}

async function recheck<Found>(
  { em, sessions }: Pick<Parts, "em" | "sessions">,
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
