import type { PasskeyAssertion } from "@yumroad/contract";
import type { Request } from "express";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { beginSession } from "../sessions/begin-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { type PasskeyContext, type PasskeyProof, verifyPasskey } from "./verify-passkey.ts";

export type PasskeyLoginOutcome =
  | { kind: "logged_in"; session: SessionRecord; account: AccountForLogin }
  | Exclude<PasskeyProof, { kind: "proven" }>;

/**
 * Logs a person in with a passkey. No second factor is needed: having the device and unlocking the device are two
 * factors.
 */
export async function logInWithPasskey(
  ctx: SessionContext & PasskeyContext,
  req: Request,
  { passkey, isRemembered }: { passkey: PasskeyAssertion; isRemembered: boolean },
): Promise<PasskeyLoginOutcome> {
  const proof = await verifyPasskey(ctx, { assertion: passkey, onlyFor: null });
  if (proof.kind !== "proven") return proof;
  const { account } = proof;
  const session = await beginSession(ctx, req, account, {
    isRemembered,
    needsSecondFactor: async () => false,
    // The passkey stays valid if the password, address or name changes during the login.
    isProven: () => true,
  });
  return session === null ? { kind: "refused", userId: account.user.id } : { kind: "logged_in", session, account };
}
