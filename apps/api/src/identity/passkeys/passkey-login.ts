import type { PasskeyAssertion } from "@yumroad/contract";
import type { Request } from "express";
import { ipRateLimitKey } from "../../platform/http/ip-address.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { beginSession } from "../sessions/begin-session.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { type PasskeyProof, type ProofParts, verifyPasskey } from "./verify-passkey.ts";

export type PasskeyLoginOutcome =
  | { kind: "logged_in"; session: SessionRecord; account: AccountForLogin }
  | Exclude<PasskeyProof, { kind: "proven" }>;

interface Parts extends ProofParts {
  sessions: Sessions;
  accountExtension: AccountExtension;
}

/** Logs a person in with a passkey. No second factor is asked for: to have the device and to unlock it are two. */
export async function logInWithPasskey(
  parts: Parts,
  req: Request,
  { passkey, isRemembered }: { passkey: PasskeyAssertion; isRemembered: boolean },
): Promise<PasskeyLoginOutcome> {
  const claim = { assertion: passkey, ipKey: ipRateLimitKey(req.ip), onlyFor: null };
  const proof = await verifyPasskey(parts, claim);
  if (proof.kind !== "proven") return proof;
  const { account } = proof;
  const session = await beginSession(parts, req, account, {
    isRemembered,
    needsSecondFactor: async () => false,
    // What may have changed meanwhile is the password, the address or the name: the passkey is theirs all the same.
    isProven: () => true,
  });
  return session === null ? { kind: "refused", userId: account.user.id } : { kind: "logged_in", session, account };
}
