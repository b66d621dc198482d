import type { Request } from "express";
import type { Sessions } from "../../platform/http/session.ts";
import type { UserRow } from "../users/user.entity.ts";
import type { AttemptOrigin } from "./login-limits.ts";
import { type ProofOutcome, type ProofParts, verifyPassword } from "./verify-password.ts";

interface Parts extends ProofParts {
  sessions: Sessions;
}

export type ConfirmerOutcome =
  | { kind: "is_theirs" }
  | { kind: "password_required" }
  | Exclude<ProofOutcome, { kind: "proven" }>;

/**
 * Looks whether whoever comes with a link that confirms an address has made that account. Its token alone is no proof
 * of it: somebody may have signed up with another's address, and wait for them to confirm it.
 */
export async function verifyConfirmer(
  parts: Parts,
  req: Request,
  { user, password }: { user: Pick<UserRow, "id" | "email">; password: string | undefined },
  from: AttemptOrigin,
): Promise<ConfirmerOutcome> {
  if (parts.sessions.current(req)?.user.id === user.id) return { kind: "is_theirs" };
  if (password === undefined) return { kind: "password_required" };
  const proof = await verifyPassword(parts, user, password, from);
  return proof.kind === "proven" ? { kind: "is_theirs" } : proof;
}
