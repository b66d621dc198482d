import { isDeepStrictEqual } from "node:util";
import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { type AccountUser, findAccountById } from "../users/queries.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

interface Parts {
  em: EntityManager;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Gives the session of a request a new id (R4), and looks at the user again once it has it. Whoever changes them from
 * here on finds the session by its new id; whoever did before that may have written to the former one.
 * `isProven`: whether the person has just proven who they are. A change alone is no proof: otherwise whoever has got
 * hold of a session could keep it fresh for ever by changing something from time to time (R69).
 */
export async function rotateSession(
  parts: Parts,
  req: Request,
  user: AccountUser,
  { isProven }: { isProven: boolean },
): Promise<SessionRecord> {
  const { em, sessions, accountExtension } = parts;
  const session = await sessions.rotate(req, await describeUser(parts, user), { isProven });
  const account = await findAccountById(em.fork(), user.id);
  if (account === null) return session;
  const now = await describeUser({ em: em.fork(), accountExtension }, account.user);
  if (isDeepStrictEqual(now, session.user)) return session;
  return { ...session, user: (await syncUserToSessions(parts, user.id)) ?? session.user };
}
