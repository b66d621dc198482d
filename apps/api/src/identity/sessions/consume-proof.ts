import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionContext } from "./session-context.ts";
import { syncUserToSessions } from "./sync-user-to-sessions.ts";

type ProofContext = Omit<SessionContext, "log">;

/**
 * Consumes a proof after it has rotated the session of a request: of concurrent requests with one session only one
 * succeeds in rotating, and only it consumes. Null: the proof was consumed elsewhere since it was checked. Then, and
 * when `consume` throws, the session becomes `former` again.
 */
export async function consumeProof<Consumed>(
  ctx: ProofContext,
  req: Request,
  former: SessionRecord,
  consume: () => Promise<Consumed | null>,
): Promise<Consumed | null> {
  const consumed = await consume().catch(async (error) => {
    // In either case no cookie of the intermediate session is sent.
    await takeBack(ctx, req, former).catch(() => {});
    throw error;
  });
  if (consumed === null) await takeBack(ctx, req, former);
  return consumed;
}

async function takeBack(ctx: ProofContext, req: Request, former: SessionRecord): Promise<void> {
  await ctx.sessions.takeBack(req, former);
  // A concurrent change to the user was written to the intermediate session.
  await syncUserToSessions(ctx, former.user.id);
}
