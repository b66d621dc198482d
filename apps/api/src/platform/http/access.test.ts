import { ACCESS } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import { checkAccess, type Standing } from "./access.ts";

const nobody: Standing = { isUser: false, isPending: false, isFresh: false };
const half: Standing = { ...nobody, isPending: true };
const stale: Standing = { ...nobody, isUser: true };
const fresh: Standing = { ...stale, isFresh: true };
/** A session that was fresh and is nobody's any more. */
const freshNobody: Standing = { ...nobody, isFresh: true };

/** Why not, by access: nobody, half, stale, fresh, and nobody with a fresh session. */
const POLICIES = {
  public: [null, null, null, null, null],
  anyone: [null, null, null, null, null],
  half: ["unauthenticated", null, "unauthenticated", "unauthenticated", "unauthenticated"],
  user: ["unauthenticated", "unauthenticated", null, null, "unauthenticated"],
  owner: ["unauthenticated", "unauthenticated", null, null, "unauthenticated"],
  fresh: ["unauthenticated", "unauthenticated", "reauth_required", null, "unauthenticated"],
};

describe("what an endpoint's access asks of a session", () => {
  it("R74: is known of every access that the contract has", () => {
    expect(Object.keys(POLICIES).toSorted()).toEqual([...ACCESS].toSorted());
  });

  it.each(ACCESS)("R74: %s", (access) => {
    expect([nobody, half, stale, fresh, freshNobody].map((standing) => checkAccess({ access }, standing))).toEqual(
      POLICIES[access],
    );
  });
});
