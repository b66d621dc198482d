import { describe, expect, test } from "vitest";
import { isSafeNext, NEXT_MAX_BYTES, safeNext } from "./index.ts";

const OTHER_SITES = {
  "scheme-relative": "//evil.example",
  "scheme-relative with a path": "//evil.example/products/new",
  "three slashes": "///evil.example",
  "four slashes": "////evil.example",
  "absolute https": "https://evil.example",
  "absolute http": "http://evil.example/",
  "scheme in mixed case": "HtTpS://evil.example",
  "scheme without slashes": "https:evil.example",
  "scheme with one slash": "https:/evil.example",
  "scheme with backslashes": "https:\\\\evil.example",
  ftp: "ftp://evil.example/",
  "backslash after slash": "/\\evil.example",
  "two backslashes": "\\\\evil.example",
  "backslash, slash": "\\/evil.example",
  "slash, backslash, slash": "/\\/evil.example",
  "backslash deep in the path": "/products\\..\\..\\evil.example",
  "tab between slashes": "/\t/evil.example",
  "newline between slashes": "/\n/evil.example",
  "carriage return between slashes": "/\r/evil.example",
  "tab inside of a scheme": "java\tscript:alert(1)",
  "tab in front": "\t//evil.example",
  "blank in front": " //evil.example",
  "NUL in front": "\0//evil.example",
  "unit separator in front": "\x1f//evil.example",
  "DEL in the path": "/a\x7fb",
  "C1 control in the path": "/a\x85b",
  "NUL in the path": "/a\0b",
  "newline to split a header": "/a\r\nSet-Cookie: id=1",
  "newline in the query": "/a?b=\nc",
  "encoded newline in the path": "/a%0d%0aSet-Cookie:%20id=1",
  "encoded NUL in the path": "/a%00b",
  "dot segment before two slashes": "/.//evil.example",
  "two dots before two slashes": "/..//evil.example",
  "dots that lead up to two slashes": "/a/..//evil.example",
  "dots further down": "/a/b/../..//evil.example",
  "a dot at the end": "/a/.",
  "encoded dots": "/%2e%2e//evil.example",
  "half encoded dots": "/a/.%2E//evil.example",
  "dots encoded twice": "/a/%252e%252e//evil.example",
  "encoded slash in front": "/%2Fevil.example",
  "encoded slash, lower case": "/%2fevil.example",
  "slash encoded twice": "/%252fevil.example",
  "encoded backslash": "/%5Cevil.example",
  "backslash encoded twice": "/%255cevil.example",
  "encoded slash between two words": "/p%2Fnotes-on-type",
  "encoded slash deep in the path": "/a/..%2f..%2fevil.example",
  "javascript:": "javascript:alert(1)",
  "javascript: in mixed case": "JaVaScRiPt:alert(1)",
  "javascript: with slashes": "javascript://shop.example/%0aalert(1)",
  "javascript: behind a blank": " javascript:alert(1)",
  "data:": "data:text/html,<script>alert(1)</script>",
  "data: in mixed case": "DaTa:text/html;base64,PHNjcmlwdD4=",
  "vbscript:": "vbscript:msgbox(1)",
  "blob:": "blob:https://evil.example/1",
  "file:": "file:///etc/passwd",
  "user info": "//shop.example@evil.example/",
  "user info behind a scheme": "https://shop.example:pass@evil.example/",
  "user info, nothing else": "@evil.example",
  "a host without a scheme": "evil.example",
  "a port": ":8080/x",
  "a relative path": "products/new",
  "a relative path with dots": "../products",
  "a query alone": "?next=//evil.example",
  "a fragment alone": "#//evil.example",
  "a bad escape": "/%zz",
  "an escape cut short": "/a%2",
  "an over-long encoding of a slash": "/%c0%afevil.example",
  "an address with brackets that don't close": "//[::1/",
};

const NOT_PAGES = {
  "the log-in page": "/login",
  "the log-in page with a slash": "/login/",
  "the log-in page with two slashes": "/login//",
  "the log-in page in capitals": "/LOGIN",
  "the log-in page in mixed case": "/LogIn?next=/",
  "the log-in page, one letter encoded": "/%6Cogin",
  "the log-in page, all letters encoded": "/%6c%6f%67%69%6e",
  "the log-in page behind a dot": "/./login",
  "the log-in page behind a detour": "/products/../login",
  "the log-in page with a blank that browsers drop": "/login ",
  "the log-in page with a fragment and a blank": "/login# ",
  "a nested next": "/login?next=%2Flogin%3Fnext%3D%2F%2Fevil.example",
  "a nested next for another site": "/login?next=//evil.example",
  "sign-up": "/signup?next=/products/new",
  "log-out, which would log out again at once": "/logout",
  "log-out in capitals": "/LOGOUT#x",
  "the page for a forgotten password": "/forgot-password",
  "the page to set a password": "/reset-password#token",
  "the page that confirms an address": "/verify-email/abc",
  "the page that takes a change of address back": "/undo-email-change#token=abc",
  "the page for a log-in that was somebody else's": "/not-me#token=abc",
  "the page that allows more tries": "/unlock#token=abc",
  "the API": "/api",
  "an address of the API": "/api/auth/logout",
  "the API in capitals": "/API/auth/logout",
  "the API, one letter encoded": "/%61pi/products",
  "the API with a doubled slash": "/api//auth/logout",
  health: "/healthz",
  readiness: "/readyz?x",
};

const NOT_TEXT = {
  nothing: undefined,
  null: null,
  "an array": ["/products/new"],
  "an array that reads as another site": ["//evil.example"],
  "an object from a query parser": { "0": "/products/new" },
  "an object that says that it is a text": { toString: () => "/products/new", startsWith: () => true },
  "a text in an object": new String("/products/new"),
  "an address": new URL("https://evil.example"),
  "a number": 7,
  NaN: Number.NaN,
  true: true,
  "a function": () => "/products/new",
  "a symbol": Symbol("/"),
};

const UNFIT = {
  "an empty text": "",
  "a blank": " ",
  "one byte too long": `/${"a".repeat(NEXT_MAX_BYTES)}`,
  "too long in bytes, not in characters": `/${"€".repeat(700)}`,
  "a megabyte": `/${"a/".repeat(500_000)}`,
  "a lone high surrogate": "/a\ud800b",
  "a lone low surrogate": "/a?b=\udc00",
  "a lone surrogate at the end": "/a#\ud83d",
};

const GOOD = [
  "/",
  "/products/new?x=a%20b&y=%2F#part-2",
  "/products/new?from=mail#price",
  "/products?q=caf%C3%A9&sort=-price",
  "/products?next=//evil.example",
  "/products?next=https%3A%2F%2Fevil.example#//x",
  "/products?x=../..//&y=\\",
  "/p/notes-on-type",
  "/@anna",
  "/p/%E6%BC%A2%E5%AD%97",
  "/p/漢字?q=🎉",
  "/p/100%25",
  "/dashboard/products/",
  "/dashboard//products//",
  "/a.b/.well-known/...",
  "/loginx",
  "/log-in",
  "/p/login",
  "/apiary",
  "/?",
  "/#",
  "/?#",
  "/#/login",
  "/a;b=c,d&e:f@g!$'()*+~",
  "/?a=1&a=2&b[]=%zz",
  `/${"a".repeat(NEXT_MAX_BYTES - 1)}`,
];

describe.each([
  ["leads to another site", OTHER_SITES],
  ["is no page to come back to", NOT_PAGES],
  ["is no text", NOT_TEXT],
  ["is unfit", UNFIT],
])("R26: what %s becomes the home page", (_, attacks) => {
  test.each(Object.entries<unknown>(attacks))("%s", (_name, attack) => {
    expect(safeNext(attack)).toBe("/");
    expect(isSafeNext(attack)).toBe(false);
  });
});

test("R26: the table holds at least 60 attacks, each another one", () => {
  const attacks = [OTHER_SITES, NOT_PAGES, NOT_TEXT, UNFIT].flatMap((table) => Object.values<unknown>(table));
  expect(new Set(attacks).size).toBe(attacks.length);
  expect(attacks.length).toBeGreaterThanOrEqual(60);
});

test.each(GOOD.map((page) => [page.slice(0, 50), page]))("R26: comes through byte for byte: %s", (_, page) => {
  expect(safeNext(page)).toBe(page);
});

test("goes to the given fallback instead of home", () => {
  expect(safeNext("//evil.example", "/dashboard")).toBe("/dashboard");
});
