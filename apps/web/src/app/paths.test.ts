import { describe, expect, test } from "vitest";
import { pageAt, pages } from "./pages.ts";
import { accountPath, destinationFor, nextOf, paths, wayBackStateOf } from "./paths.ts";

const TRIED = "/products/new?from=mail&x=a%20b#price";
const EVIL = "//evil.example";

test("what is in an address is encoded", () => {
  expect(paths.product("a/b?c")).toBe("/p/a%2Fb%3Fc");
  expect(paths.store("a/b?c")).toBe("/@a%2Fb%3Fc");
  expect(paths.ownProduct("a/b?c")).toBe("/dashboard/products/a%2Fb%3Fc");
  expect(paths.sale("a/b?c")).toBe("/sales/a%2Fb%3Fc");
  expect(paths.order("a/b?c")).toBe("/orders/a%2Fb%3Fc");
  expect(paths.outboxMail("a&b")).toBe("/outbox?mail=a%26b");
});

test("the address of each page opens that page", () => {
  const names = Object.keys(pages).filter((name) => name !== "notFound") as Exclude<keyof typeof pages, "notFound">[];
  const opened = names.map((name) => {
    const path = paths[name];
    return pageAt(typeof path === "string" ? path : path("x"));
  });
  expect(opened).toEqual(names.map((name) => pages[name]));
});

describe("R26: the way back is cleaned where it is written, and where it is read", () => {
  test.each([paths.logIn, paths.signUp, paths.forgotPassword] as const)("R26: %s carries it along", (page) => {
    const written = accountPath(page, TRIED);
    expect(written.startsWith(`${page}?next=`)).toBe(true);
    expect(nextOf(written.slice(page.length))).toBe(TRIED);
  });

  test("R26: home needs no word, and neither does what is no page of ours", () => {
    expect(accountPath(paths.logIn, "/")).toBe("/login");
    expect(accountPath(paths.logIn, EVIL)).toBe("/login");
    expect(accountPath(paths.logIn, "/signup?next=/dashboard")).toBe("/login");
  });

  test.each(["/outbox", "/OUTBOX/", "/%6futbox", "//outbox", "/setup", "/find-purchases", "/orders/0123456789"])(
    "R23: a fragment of %s is a key, and not carried",
    (page) => {
      expect(accountPath(paths.logIn, `${page}?mail=1#key=secret`)).not.toContain("secret");
      expect(accountPath(paths.logIn, "/outbox?mail=1#key=secret")).toBe("/login?next=%2Foutbox%3Fmail%3D1");
    },
  );

  test.each(["", "?next=", `?next=${EVIL}`, "?next=/login", "?other=/dashboard"])("R27: %j leads home", (search) => {
    expect(nextOf(search)).toBe("/");
  });
});

describe("what history.state holds", () => {
  test.each(["required", "expired", "password-changed"])("why somebody was sent to log in: %s", (reason) => {
    expect(wayBackStateOf({ reason, stashedFor: "ada" })).toEqual({ reason, stashedFor: "ada" });
  });

  test.each([undefined, 7, {}, []])("kept for %j is kept for nobody", (stashedFor) => {
    expect(wayBackStateOf({ reason: "required", stashedFor })).toEqual({ reason: "required", stashedFor: null });
  });

  test.each([null, undefined, "required", 7, {}, { reason: "bored" }, { stashedFor: "ada" }])(
    "%j says nothing",
    (state) => {
      expect(wayBackStateOf(state)).toBeNull();
    },
  );
});

describe("R33: after the log-in", () => {
  const search = `?${new URLSearchParams({ next: TRIED })}`;

  test("R33: the page that was tried opens for whom it was kept, and for anybody if it was kept for nobody", () => {
    expect(destinationFor("ada", { search, state: { reason: "expired", stashedFor: "ada" } })).toBe(TRIED);
    expect(destinationFor("ada", { search, state: { reason: "required", stashedFor: null } })).toBe(TRIED);
    expect(destinationFor("ada", { search, state: null })).toBe(TRIED);
  });

  test("R33: it does not open for somebody else", () => {
    expect(destinationFor("bob", { search, state: { reason: "expired", stashedFor: "ada" } })).toBe("/");
  });
});
