import type { PasskeyAssertion } from "@yumroad/contract";
import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { type PasskeyContext, type PasskeyProof, verifyPasskey } from "./verify-passkey.ts";

export type PasskeyReauthenticationOutcome =
  | { kind: "proven"; session: SessionRecord }
  | Exclude<PasskeyProof, { kind: "proven" }>;

/**
 * Reauthenticates the logged-in user with a passkey (R69). No second factor is needed: having the device and unlocking
 * the device are two factors. If the session ended during the request, this throws `unauthenticated` and consumes
 * nothing.
 */
export async function reauthenticateWithPasskey(
  ctx: SessionContext & PasskeyContext,
  req: Request,
  { passkey, userId }: { passkey: PasskeyAssertion; userId: string },
): Promise<PasskeyReauthenticationOutcome> {
  const former = ctx.sessions.current(req);
  if (former === null) return { kind: "refused", userId };
  let session = former;
  const proof = await verifyPasskey(ctx, {
    assertion: passkey,
    onlyFor: userId,
    async aroundConsume({ user }, consume) {
      session = await rotateSession(ctx, req, { user, isProven: true });
      return consumeProof(ctx, req, former, consume);
    },
  });
  return proof.kind === "proven" ? { kind: "proven", session } : proof;
}
