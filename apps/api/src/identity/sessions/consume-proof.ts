import type { Request } from "express";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

interface Parts {
  em: EntityManager;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Uses a proof up, once the session of a request stands under a new id on the strength of it: of several requests with
 * one session one has that id, and only it uses something up. Null: it was used up elsewhere since it was looked at.
 * Then, and when it throws, the session is what it was before, `former`.
 */
export async function consumeProof<Spent>(
  parts: Parts,
  req: Request,
  former: SessionRecord,
  spend: () => Promise<Spent | null>,
): Promise<Spent | null> {
  const spent = await spend().catch(async (error) => {
    // Whatever becomes of it: no cookie of the session in between leaves.
    await takeBack(parts, req, former).catch(() => {});
    throw error;
  });
  if (spent === null) await takeBack(parts, req, former);
  return spent;
}

async function takeBack(parts: Parts, req: Request, former: SessionRecord): Promise<void> {
  await parts.sessions.takeBack(req, former);
  // Whoever changed the user meanwhile has written to the session in between.
  await syncUserToSessions(parts, former.user.id);
}
