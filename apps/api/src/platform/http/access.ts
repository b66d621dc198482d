import { type Endpoint, needsUser } from "@yumroad/contract";

/** The caller of an endpoint, as the session of the request describes them. */
export interface Caller {
  /** Logged in, with the second factor if the account has one. */
  isUser: boolean;
  /** Logged in, and may sell in a shop of this kind. */
  isSeller: boolean;
  /** Logged in, and operates the shop. */
  isOperator: boolean;
  /** Only the password was verified so far; the second factor is pending. */
  isPending: boolean;
  /** Has proven their identity recently (R69). */
  isFresh: boolean;
}

/**
 * Returns the reason why this caller may not call the endpoint; null: they may. Only this function interprets `access`
 * and `fresh` of the contract. The handler checks `whose`, since only the handler has read the object that has an
 * owner.
 *
 * @example
 * const pending = { isUser: false, isSeller: false, isOperator: false, isPending: true, isFresh: false };
 * checkAccess(endpoints.twoFactor.beginTotp, pending);
 * // "unauthenticated"
 */
export function checkAccess(
  endpoint: Pick<Endpoint, "access" | "fresh">,
  { isUser, isSeller, isOperator, isPending, isFresh }: Caller,
): "unauthenticated" | "not_a_seller" | "not_an_operator" | "reauth_required" | null {
  if (needsUser(endpoint) && !isUser) return "unauthenticated";
  if (endpoint.access === "pending" && !isPending) return "unauthenticated";
  if (endpoint.access === "seller" && !isSeller) return "not_a_seller";
  if (endpoint.access === "operator" && !isOperator) return "not_an_operator";
  if (endpoint.fresh && !isFresh) return "reauth_required";
  return null;
}
