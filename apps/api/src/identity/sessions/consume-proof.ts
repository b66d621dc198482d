import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionContext } from "./session-context.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

type ProofContext = Omit<SessionContext, "log">;

/**
 * Consumes a proof, once the session of a request stands under a new id on the strength of it: of several requests with
 * one session one has that id, and only it consumes something. Null: the proof was consumed elsewhere since it was
 * looked at. Then, and when `consume` throws, the session is as it was before, `former`.
 */
export async function consumeProof<Consumed>(
  ctx: ProofContext,
  req: Request,
  former: SessionRecord,
  consume: () => Promise<Consumed | null>,
): Promise<Consumed | null> {
  const consumed = await consume().catch(async (error) => {
    // In any case no cookie of the session in between leaves.
    await takeBack(ctx, req, former).catch(() => {});
    throw error;
  });
  if (consumed === null) await takeBack(ctx, req, former);
  return consumed;
}

async function takeBack(ctx: ProofContext, req: Request, former: SessionRecord): Promise<void> {
  await ctx.sessions.takeBack(req, former);
  // A change to the user meanwhile was written to the session in between.
  await syncUserToSessions(ctx, former.user.id);
}
