import { type Endpoint, needsUser } from "@yumroad/contract";

/** The caller of an endpoint, as the request's session describes it. */
export interface Caller {
  /** Logged in completely. */
  isUser: boolean;
  /** Second factor pending: only the password was verified. */
  isPending: boolean;
  /** Has recently proven their identity (R69). */
  isFresh: boolean;
}

/**
 * The reason why this caller may not call the endpoint; null when they may. Only this function defines the contract's
 * `access` and `fresh`. `whose` is checked by the handler, which has read the thing.
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
