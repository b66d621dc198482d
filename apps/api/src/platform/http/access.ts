import { type Endpoint, needsUser } from "@yumroad/contract";

/** The caller of an endpoint, as far as the request's session tells. */
export interface Caller {
  /** Logged in wholly. */
  isUser: boolean;
  /** The password was right, the second factor is pending. */
  isPending: boolean;
  /** Has proven lately that it is them (R69). */
  isFresh: boolean;
}

/**
 * The reason why this caller may not call the endpoint, or null when they may. It is the only place that says what the
 * contract's `access` and `fresh` mean. `whose` is up to the handler, which has the thing in hand.
 *
 * @example
 * checkAccess(endpoints.twoFactor.beginTotp, { isUser: false, isPending: true, isFresh: false }); // "unauthenticated"
 */
export function checkAccess(
  endpoint: Pick<Endpoint, "access" | "fresh">,
  { isUser, isPending, isFresh }: Caller,
): "unauthenticated" | "reauth_required" | null {
  if (needsUser(endpoint) && !isUser) return "unauthenticated";
  if (endpoint.access === "pending" && !isPending) return "unauthenticated";
  if (endpoint.fresh && !isFresh) return "reauth_required";
  return null;
}
