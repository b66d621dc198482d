import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionContext } from "./session-context.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

type ProofContext = Omit<SessionContext, "log">;

/**
 * Consumes a proof (a code or a passkey) after the caller has rotated the session of the request. Of concurrent
 * requests with one session, only one succeeds in rotating, so only that request consumes its proof. Null: another
 * request consumed the proof after this request had checked it. In that case, and if `consume` throws, the session is
 * restored to `former`.
 */
export async function consumeProof<Consumed>(
  ctx: ProofContext,
  req: Request,
  former: SessionRecord,
  consume: () => Promise<Consumed | null>,
): Promise<Consumed | null> {
  const consumed = await consume().catch(async (error) => {
    // Ignores a failure to restore the session: even then, the answer sends no cookie of the rotated session.
    await takeBack(ctx, req, former).catch(() => {});
    throw error;
  });
  if (consumed === null) await takeBack(ctx, req, former);
  return consumed;
}

async function takeBack(ctx: ProofContext, req: Request, former: SessionRecord): Promise<void> {
  await ctx.sessions.takeBack(req, former);
  // A concurrent request may have written changed user data to the rotated session, so the restored session gets the
  // data too.
  await syncUserToSessions(ctx, former.user.id);
}
