import type { Request } from "express";
import type { Sessions } from "../../platform/http/session.ts";
import type { UserRow } from "../users/user.entity.ts";
import type { AttemptClient } from "./login-limits.ts";
import { type ProofOutcome, type VerifyContext, verifyPassword } from "./verify-password.ts";

type ConfirmerContext = VerifyContext & { sessions: Sessions };

interface Confirmer {
  user: Pick<UserRow, "id" | "email">;
  password: string | undefined;
  from: AttemptClient;
}

export type ConfirmerOutcome =
  | { kind: "is_theirs" }
  | { kind: "password_required" }
  | Exclude<ProofOutcome, { kind: "proven" }>;

/**
 * Verifies that the browser that opens a link to confirm an address belongs to the creator of the account: it is logged
 * in to the account or sends its password. The token alone does not prove this: an attacker may sign up with another
 * person's address and wait for that person to confirm the address.
 */
export async function verifyConfirmer(
  ctx: ConfirmerContext,
  req: Request,
  { user, password, from }: Confirmer,
): Promise<ConfirmerOutcome> {
  if (ctx.sessions.current(req)?.user.id === user.id) return { kind: "is_theirs" };
  if (password === undefined) return { kind: "password_required" };
  const proof = await verifyPassword(ctx, { user, password, from });
  return proof.kind === "proven" ? { kind: "is_theirs" } : proof;
}
