import type { PasskeyAssertion } from "@yumroad/contract";
import type { Request } from "express";
import { ipRateLimitKey } from "../../platform/http/ip-address.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { consumeProof } from "../sessions/consume-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { type PasskeyProof, type ProofParts, verifyPasskey } from "./verify-passkey.ts";

type Outcome = { kind: "proven"; session: SessionRecord } | Exclude<PasskeyProof, { kind: "proven" }>;

interface Parts extends ProofParts {
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

/**
 * Proves with a passkey that it is still the person who is logged in (R69). No second factor is asked for: to have the
 * device and to unlock it are two. Throws `unauthenticated` when the session has ended meanwhile: nothing is used up.
 */
export async function reauthenticateWithPasskey(
  parts: Parts,
  req: Request,
  { passkey, userId }: { passkey: PasskeyAssertion; userId: string },
): Promise<Outcome> {
  const former = parts.sessions.current(req);
  if (former === null) return { kind: "refused", userId };
  let session = former;
  const proof = await verifyPasskey(parts, {
    assertion: passkey,
    ipKey: ipRateLimitKey(req.ip),
    onlyFor: userId,
    async beforeUse(user, spend) {
      session = await rotateSession(parts, req, user, { isProven: true });
      return consumeProof(parts, req, former, spend);
    },
  });
  return proof.kind === "proven" ? { kind: "proven", session } : proof;
}
