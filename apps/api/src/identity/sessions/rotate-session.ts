import { isDeepStrictEqual } from "node:util";
import type { Request } from "express";
import { withEm } from "../../platform/http/context.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountUser, findAccountById } from "../users/queries.ts";
import type { SessionContext } from "./session-context.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

interface Rotation {
  user: AccountUser;
  /**
   * True if the user has just proven their identity again. A change of the account alone is no proof: otherwise a thief
   * could keep a stolen session fresh for ever by changing something from time to time (R69).
   */
  isProven: boolean;
}

/**
 * Gives the session of a request a new id (R4), and then reads the user again. A change of the user after the move is
 * written to the new id, but a change before it may have been written to the former id only.
 */
export async function rotateSession(
  ctx: Omit<SessionContext, "log">,
  req: Request,
  { user, isProven }: Rotation,
): Promise<SessionRecord> {
  const { em, sessions } = ctx;
  const session = await sessions.rotate(req, await describeUser(ctx, user), { isProven });
  const account = await findAccountById(em.fork(), user.id);
  if (account === null) return session;
  const now = await describeUser(withEm(ctx, em.fork()), account.user);
  if (isDeepStrictEqual(now, session.user)) return session;
  return { ...session, user: (await syncUserToSessions(ctx, user.id)) ?? session.user };
}
