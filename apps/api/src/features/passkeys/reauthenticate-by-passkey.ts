import type { PasskeyAssertion } from "@yumroad/contract";
import type { Request } from "express";
import { neighbourhoodOf } from "../../http/address.ts";
import type { Sessions } from "../../http/session.ts";
import type { SessionRecord } from "../../sessions/session-record.ts";
import type { SessionStore } from "../../sessions/session-store.ts";
import { goOnUnderNewId } from "../accounts/go-on-under-new-id.ts";
import { spendProof } from "../accounts/spend-proof.ts";
import { type PasskeyProof, type ProofParts, proveByPasskey } from "./prove-by-passkey.ts";

type Outcome = { kind: "proven"; session: SessionRecord } | Exclude<PasskeyProof, { kind: "proven" }>;

interface Parts extends ProofParts {
  sessions: Sessions;
  sessionStore: SessionStore;
}

/**
 * Proves with a passkey that it is still the person who is logged in (R69). No second factor is asked for: to have the
 * device and to unlock it are two. Throws `unauthenticated` when the session has ended meanwhile: nothing is used up.
 */
export async function reauthenticateByPasskey(
  parts: Parts,
  req: Request,
  { passkey, userId }: { passkey: PasskeyAssertion; userId: string },
): Promise<Outcome> {
  const former = parts.sessions.current(req);
  if (former === null) return { kind: "refused", userId };
  let session = former;
  const proof = await proveByPasskey(parts, {
    assertion: passkey,
    neighbourhood: neighbourhoodOf(req.ip),
    onlyFor: userId,
    async beforeUse(user, spend) {
      session = await goOnUnderNewId(parts, req, user, { isProven: true });
      return spendProof(parts, req, former, spend);
    },
  });
  return proof.kind === "proven" ? { kind: "proven", session } : proof;
}
