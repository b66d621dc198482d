import fc from "fast-check";
import { expect, test } from "vitest";
import { ACCOUNT_PAGES, safeNext } from "./index.ts";

const ORIGINS = ["https://shop.example", "https://shop.example:8443", "http://localhost:3000", "http://[::1]:3000"];

// The seed is printed and can be given to repeat a run: FAST_CHECK_SEED=123 pnpm test.
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);

const SLASHES = ["/", "//", "\\", "/\\", "%2f", "%2F", "%5c", "%252f", "\u2215", "\uff0f"];
const DOTS = [".", "..", "%2e", "%2E%2e", ".%2e", "%252e", "..;", "\u3002"];
const CONTROLS = [
  "\t",
  "\n",
  "\r",
  "\0",
  "\x1f",
  "\x7f",
  "\x85",
  " ",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "%00",
  "%0a",
  "%09",
];
const SCHEMES = ["https:", "http:", "HTTP:", "javascript:", "JaVaScRiPt:", "data:", "blob:", "file:", "ws:", ":"];
const HOSTS = [
  "evil.example",
  "shop.example",
  "shop.example@evil.example",
  "localhost:3000",
  "[::1]",
  "127.1",
  "xn--80ak6aa92e",
];
const PLACES = [
  "login",
  "LOGIN",
  "%6cogin",
  "signup",
  "logout",
  "api",
  "aPi",
  "auth",
  "healthz",
  "products",
  "new",
  "@anna",
];
const MARKS = ["?", "#", "&", "=", "@", ";", "%", "%zz", "%c0%af", "?next=", "\ud800", "\udc00", "🎉", "é", "\u202e"];

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...SLASHES) },
  { weight: 3, arbitrary: fc.constantFrom(...DOTS) },
  { weight: 1, arbitrary: fc.constantFrom(...CONTROLS) },
  { weight: 1, arbitrary: fc.constantFrom(...SCHEMES) },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTS) },
  { weight: 4, arbitrary: fc.constantFrom(...PLACES) },
  { weight: 2, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);

const joined = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

const address = fc.oneof(
  { weight: 5, arbitrary: joined },
  // Half of all begin like a page, since few others pass the first check.
  { weight: 5, arbitrary: joined.map((rest) => `/${rest}`) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
);

/** The page at which a browser on this origin's home page ends up; its path is read as the router reads it. */
function follow(next: string, origin: string) {
  const url = new URL(next, `${origin}/`);
  const path = decodeURIComponent(url.pathname).toLowerCase().replace(/\/+/g, "/");
  return { origin: url.origin, pathname: url.pathname, path };
}

test("R26: whatever comes in, a page of this site comes out (100,000 strings)", () => {
  process.stdout.write(`safeNext: FAST_CHECK_SEED=${seed}\n`);
  let accepted = 0;
  let total = 0;
  fc.assert(
    fc.property(address, (candidate) => {
      const next = safeNext(candidate);
      total += 1;
      if (next === candidate && next !== "/") accepted += 1;
      if (next !== candidate && next !== "/") throw new Error("It made up an address of its own");
      if (next.startsWith("//") || !next.startsWith("/")) throw new Error("It does not begin with one slash");
      if (safeNext(next) !== next) throw new Error("The second time says something else than the first");
      for (const origin of ORIGINS) {
        const place = follow(next, origin);
        if (place.origin !== origin || place.pathname.startsWith("//")) throw new Error(`It leaves ${origin}`);
        const shut = [...ACCOUNT_PAGES, "/api", "/healthz"].find((page) => `${place.path}/`.startsWith(`${page}/`));
        if (shut) throw new Error(`It leads to ${shut}`);
      }
    }),
    { numRuns: 100_000, seed },
  );
  expect(total).toBeGreaterThanOrEqual(100_000);
  // Checks that some were accepted and some refused, or the property would say little.
  expect(accepted).toBeGreaterThan(2_000);
  expect(accepted).toBeLessThan(98_000);
});

test("R26: what a browser calls the address of a page comes through byte for byte", () => {
  const segment = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((text) => `x${encodeURIComponent(text)}`);
  const page = fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.webQueryParameters(), fc.webFragments())
    .map(([segments, query, fragment]) => new URL(`/${segments.join("/")}?${query}#${fragment}`, ORIGINS[0]))
    .map(({ pathname, search, hash }) => pathname + search + hash)
    .filter((text) => text.length <= 2048 && !/%(?:2f|5c|0|1|7f|25)/i.test(text));
  fc.assert(
    fc.property(page, (text) => safeNext(text) === text),
    { numRuns: 5_000, seed },
  );
});
