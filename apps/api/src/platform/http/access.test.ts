import { ACCESS } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import { type Caller, checkAccess } from "./access.ts";

const nobody: Caller = { isUser: false, isSeller: false, isOperator: false, isPending: false, isFresh: false };
const pending: Caller = { ...nobody, isPending: true };
const stale: Caller = { ...nobody, isUser: true };
const fresh: Caller = { ...stale, isFresh: true };
const operator: Caller = { ...stale, isSeller: true, isOperator: true };
const seller: Caller = { ...stale, isSeller: true };
/** A session that was fresh and has ended. */
const freshNobody: Caller = { ...nobody, isFresh: true };
const callers = [nobody, pending, stale, fresh, freshNobody, operator, seller];

/**
 * The reason to refuse, by access, for seven callers: anonymous, pending, stale, fresh, anonymous with a fresh session,
 * an operator, and a seller.
 */
const POLICIES = {
  public: [null, null, null, null, null, null, null],
  anyone: [null, null, null, null, null, null, null],
  pending: [
    "unauthenticated",
    null,
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
  ],
  user: ["unauthenticated", "unauthenticated", null, null, "unauthenticated", null, null],
  seller: ["unauthenticated", "unauthenticated", "not_a_seller", "not_a_seller", "unauthenticated", null, null],
  operator: [
    "unauthenticated",
    "unauthenticated",
    "not_an_operator",
    "not_an_operator",
    "unauthenticated",
    null,
    "not_an_operator",
  ],
};

describe("what an endpoint's access asks of a session", () => {
  it("R74: is known of every access that the contract has", () => {
    expect(Object.keys(POLICIES).toSorted()).toEqual([...ACCESS].toSorted());
  });

  it.each(ACCESS)("R74: %s", (access) => {
    expect(callers.map((caller) => checkAccess({ access }, caller))).toEqual(POLICIES[access]);
  });

  it("R69: a fresh one asks for a proof as well, but only of who may call at all", () => {
    expect(callers.map((caller) => checkAccess({ access: "user", fresh: true }, caller))).toEqual([
      ...["unauthenticated", "unauthenticated", "reauth_required", null, "unauthenticated"],
      ...["reauth_required", "reauth_required"],
    ]);
  });
});
