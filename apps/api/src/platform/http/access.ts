import { type Endpoint, needsUser } from "@yumroad/contract";

/** What a request's session says of whoever asks. */
export interface Standing {
  /** Logged in wholly. */
  isUser: boolean;
  /** Who owes a second factor. */
  isPending: boolean;
  /** Has proven lately that it is them (R69). */
  isFresh: boolean;
}

/**
 * Why somebody of this standing may not ask the endpoint, or null when they may: what the contract's `access` means,
 * and the only place that says so. Whether a thing is theirs is up to the handler, which has it in hand.
 *
 * @example
 * checkAccess(endpoints.beginTotp, { isUser: false, isPending: true, isFresh: false }); // "unauthenticated"
 */
export function checkAccess(
  endpoint: Pick<Endpoint, "access">,
  { isUser, isPending, isFresh }: Standing,
): "unauthenticated" | "reauth_required" | null {
  if (needsUser(endpoint) && !isUser) return "unauthenticated";
  if (endpoint.access === "half" && !isPending) return "unauthenticated";
  if (endpoint.access === "fresh" && !isFresh) return "reauth_required";
  return null;
}
