import { type Endpoint, endpoints, type PublishedProduct } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { choicePlaces } from "./choices.ts";
import { differences } from "./likeness.ts";
import { interfere, mock, recorded, takeFaults, watchRequests } from "./mock.ts";
import { accountOf, ada, card, ownProduct, product, sessionOf, shopOf, storeOf } from "./stage.ts";

/** What a page would get. */
async function ask({ method, path }: Endpoint, body?: unknown): Promise<Response | null> {
  const address = path.replace(/:\w+/g, "paper-moon");
  return fetch(address, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }).catch(() => null);
}

/** Why the mock of an answer fails its test; empty when it does not. */
async function faultOf(endpoint: Endpoint, body?: unknown): Promise<string> {
  const answer = await ask(endpoint, body);
  const [fault] = takeFaults();
  expect(answer === null).toBe(fault !== undefined);
  return fault === undefined ? "" : (fault as Error).message;
}

const LOGIN = { email: ada.email, password: "nine purple walruses" };

describe("a success", () => {
  test("of the form of a recorded one is answered, with the recorded headers", async () => {
    mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
    const answer = await ask(endpoints.products.get);
    expect(await answer?.json()).toEqual(product("Paper moon"));
    expect(answer?.headers.get("etag")).toMatch(/^W\/"[\w-]{27}"$/);
  });

  test.each<[string, object, RegExp]>([
    ["without a field", { coverUrl: undefined }, /coverUrl|Invalid/],
    [
      "with a cover, which no product has yet",
      { coverUrl: "https://shop.example/moon.png" },
      /coverUrl is .*, and null/,
    ],
    ["with a time that is none", { createdAt: "2026-01-02T03:04:05Z" }, /createdAt is .*, and a time/],
    ["with an address of no slug's form", { slug: "Paper moon" }, /slug is "Paper moon", and a slug/],
  ])("%s is a fault", async (_, change, message) => {
    mock(endpoints.products.get, { status: 200, body: { ...product("Paper moon"), ...change } as PublishedProduct });
    const fault = await faultOf(endpoints.products.get);
    expect(fault).toMatch(message);
  });

  test("says which endpoint it is, what is nearest, and what to do", async () => {
    mock(endpoints.products.list, { status: 200, body: { items: [], nextCursor: "more" } });
    expect(await faultOf(endpoints.products.list)).toMatch(
      /^GET \/api\/products is mocked to answer as the server never did\. Most like it is “success.*”, but:\n(?:.*\n)+Mend the mock\./,
    );
  });

  test("may be like any of several recordings, and has to be like one of them wholly", async () => {
    mock(endpoints.sessions.current, { status: 200, body: { user: null, expiresAt: null, ended: true } });
    expect(await faultOf(endpoints.sessions.current)).toBe("");
    mock(endpoints.products.list, {
      status: 200,
      body: { items: [card("Paper moon"), card("Field notes")], nextCursor: null },
    });
    expect(await faultOf(endpoints.products.list)).toBe("");
    mock(endpoints.products.list, {
      status: 200,
      body: { items: [], nextCursor: recorded(endpoints.products.list, "success: there is more").nextCursor },
    });
    expect(await faultOf(endpoints.products.list)).toMatch(/items is \[\]|nextCursor/);
  });

  test("of which there is no recording is a fault", async () => {
    const unheardOf = { ...endpoints.stores.get };
    mock(unheardOf, { status: 200, body: { store: storeOf(ada.store), items: [], nextCursor: null } });
    expect(await faultOf(unheardOf)).toMatch(/^GET .* “success”, of which there is no recording: .* makes it$/);
    mock(unheardOf, { refusal: "not_found" });
    expect(await faultOf(unheardOf)).toMatch(/“not_found”, of which there is no recording/);
  });

  test("that nobody asks for is checked as well", () => {
    mock(endpoints.products.getOwn, {
      status: 200,
      body: ownProduct("Paper moon", { coverUrl: "https://shop.example/moon.png" }),
    });
    expect(takeFaults().map(String)).toEqual([expect.stringMatching(/coverUrl is .*, and null/)]);
  });

  test("is given to no request that the server refuses for its form", async () => {
    mock(endpoints.products.update, { status: 200, body: ownProduct("Paper moon") });
    expect(await faultOf(endpoints.products.update, { name: "Paper sun" })).toMatch(/asked without If-Match/);
    mock(endpoints.sessions.end, { status: 204, body: null });
    expect(await faultOf(endpoints.sessions.end)).toMatch(/"handle"/);
  });

  test("has a version only where the server gives one of that form", async () => {
    mock(endpoints.products.getOwn, { status: 200, body: ownProduct("Paper moon"), version: '"7"' });
    expect(await faultOf(endpoints.products.getOwn)).toMatch(/the ETag is .*, and a version/);
    mock(endpoints.auth.login, { status: 200, body: sessionOf(ada), version: '"7-0123456789ab"' });
    expect(await faultOf(endpoints.auth.login, LOGIN)).toMatch(/the ETag is/);
  });
});

describe("a yes or no, and one of a few words", () => {
  test("is the one of a recording that the answer is like in everything else", async () => {
    mock(endpoints.products.getOwn, { status: 200, body: ownProduct("Paper moon", { status: "archived" }) });
    expect(await faultOf(endpoints.products.getOwn)).toBe("");
    mock(endpoints.account.get, { status: 200, body: accountOf(ada, { isEmailVerified: false }) });
    expect(await faultOf(endpoints.account.get)).toBe("");
  });

  test("that is recorded of another endpoint only is a fault", async () => {
    mock(endpoints.products.list, {
      status: 200,
      body: { items: [card("Field notes"), card("Paper moon", { status: "draft" })], nextCursor: null },
    });
    expect(await faultOf(endpoints.products.list)).toMatch(
      /items\[1\]\.status is "draft", and "published" as recorded/,
    );
  });

  test("two that are recorded, but never together, are a fault", async () => {
    for (const body of [shopOf({ signupMode: "closed" }), shopOf({ hasMailTray: true })]) {
      mock(endpoints.shop.get, { status: 200, body });
      expect(await faultOf(endpoints.shop.get)).toBe("");
    }
    mock(endpoints.shop.get, { status: 200, body: shopOf({ signupMode: "closed", hasMailTray: true }) });
    expect(await faultOf(endpoints.shop.get)).toMatch(
      /signupMode is "closed", and "instant"|hasMailTray is true, and false/,
    );
  });

  test("that is recorded at another place only is a fault", () => {
    const schema = z.strictObject({ isOpen: z.boolean(), door: z.nullable(z.strictObject({ isOpen: z.boolean() })) });
    const known = { isOpen: true, door: { isOpen: false } };
    expect(differences(known, { isOpen: true, door: { isOpen: true } }, choicePlaces(schema))).toEqual([
      "door.isOpen is true, and false as recorded",
    ]);
  });

  test("is looked at in each form that an answer may have, and in lists of lists", () => {
    const kind = z.enum(["a", "b"]);
    const schema = z.union([z.literal("none"), z.strictObject({ rows: z.array(z.array(kind)), note: z.string() })]);
    const choices = choicePlaces(schema);
    expect(differences({ rows: [["a"]], note: "x" }, { rows: [["a"], ["b"]], note: "y" }, choices)).toEqual([
      'rows[1][0] is "b", and "a" as recorded',
    ]);
    const both = z.array(kind);
    expect(differences(["a", "b"], ["a", "a"], choicePlaces(both))).toEqual(['[1] is "a", and "b" as recorded']);
    expect(differences("some", "none", choices)).toEqual(['the body is "none", and "some" as recorded']);
  });
});

describe("a refusal", () => {
  test("is the recorded one, or one of several by its name, with the patience that the test is about", async () => {
    mock(endpoints.auth.signup, { refusal: "invalid_input", variant: "a common password" });
    const answer = await ask(endpoints.auth.signup, { name: ada.name, ...LOGIN });
    expect(answer?.status).toBe(422);
    expect(answer?.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const issues = [{ path: ["password"], message: "This is one of the most common passwords" }];
    expect(await answer?.json()).toMatchObject({ code: "invalid_input", issues });
    mock(endpoints.auth.login, { refusal: "rate_limited", retryAfter: 7 });
    expect((await ask(endpoints.auth.login, LOGIN))?.headers.get("retry-after")).toBe("7");
  });

  test("that the endpoint never gives is a fault", async () => {
    mock(endpoints.products.get, { refusal: "email_taken" });
    expect(await faultOf(endpoints.products.get)).toBe("GET /api/products/:slug never refuses with email_taken");
  });

  test("by a name that nothing is recorded under is a fault", async () => {
    mock(endpoints.auth.login, { refusal: "invalid_input", variant: "a common password" });
    expect(await faultOf(endpoints.auth.login, LOGIN)).toMatch(
      /“invalid_input: a common password”, of which there is no/,
    );
  });

  test("says no time to wait for where the recorded one says none", async () => {
    mock(endpoints.auth.login, { refusal: "invalid_credentials", retryAfter: 7 });
    expect(await faultOf(endpoints.auth.login, LOGIN)).toMatch(/never says Retry-After: 7 .*; none was recorded/);
  });

  test.each([0, -1, 1.5, Number.NaN])("does not say to wait for %s seconds", async (retryAfter) => {
    mock(endpoints.auth.login, { refusal: "rate_limited", retryAfter });
    expect(await faultOf(endpoints.auth.login, LOGIN)).toMatch(/never says Retry-After/);
  });
});

describe("an interference", () => {
  test.each<[string, () => Response]>([
    ["a proxy's page", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
    ["half a JSON", () => new Response("{", { headers: { "content-type": "application/json" } })],
    ["nothing at all", () => new Response(null, { status: 502 })],
    ["a refusal with a code of another version", () => Response.json({ code: "new" }, { status: 400 })],
  ])("is %s", async (_, answer) => {
    interfere(endpoints.sessions.current, answer);
    expect(await faultOf(endpoints.sessions.current)).toBe("");
  });

  test.each<[string, Endpoint, () => Response]>([
    ["a success", endpoints.sessions.current, () => Response.json({ user: null, expiresAt: null, ended: true })],
    ["nearly a success", endpoints.sessions.current, () => Response.json({ user: null, more: 1 })],
    ["a success with a code that we don't know", endpoints.sessions.current, () => Response.json({ code: "new" })],
    [
      "a file with its name",
      endpoints.privacy.export,
      () => new Response("PK", { headers: { "content-type": "application/zip", "content-disposition": "attachment" } }),
    ],
    ["a success that says nothing", endpoints.auth.logout, () => new Response(null, { status: 204 })],
    ["a refusal", endpoints.sessions.current, () => Response.json({ code: "database_unavailable" }, { status: 503 })],
    ["nearly a refusal", endpoints.sessions.current, () => Response.json({ title: "Not found" }, { status: 404 })],
  ])("that is %s is a fault", async (_, endpoint, answer) => {
    interfere(endpoint, answer);
    expect(await faultOf(endpoint)).toMatch(/could be the server's: use mock$/);
  });
});

test("whoever watches requests answers none of them", async () => {
  mock(endpoints.sessions.current, { status: 200, body: sessionOf(ada) });
  watchRequests(() => Response.json({ user: null, expiresAt: null, ended: false }));
  expect(await (await ask(endpoints.sessions.current))?.json()).toEqual(sessionOf(ada));
});

describe("likeness", () => {
  test.each<[unknown, unknown, string[]]>([
    [{ a: 1, b: [{ c: "x" }, { c: null }] }, { a: 2, b: [{ c: null }] }, []],
    [{ a: 1 }, { a: 1, b: 2 }, ["b is a field that the server does not send"]],
    [{ a: 1, b: 2 }, { a: 1 }, ["b is missing"]],
    [{ a: null }, { a: "x" }, ['a is "x", and null as recorded']],
    [
      { a: { b: [{ c: 1 }] } },
      { a: { b: [{ c: 1 }, { c: 0.5 }] } },
      ["a.b[1].c is 0.5, and a whole number as recorded"],
    ],
    [{ a: [] }, { a: [1] }, ["a is [1], and an empty list as recorded"]],
    [{ a: ["x", "y"] }, { a: ["y", "x"] }, []],
    [{ a: 3 }, { a: 0 }, ["a is 0, and a whole number as recorded"]],
    [{ a: ["x", "y"] }, { a: ["x"] }, ["a has 1 items, and 2 as recorded"]],
    [
      { at: "2026-03-01T09:00:00.000Z" },
      { at: "tomorrow" },
      ['at is "tomorrow", and a time ("2026-03-01T09:00:00.000Z") as recorded'],
    ],
    [{ words: "Any" }, { words: "Other words" }, []],
  ])("%j and %j", (known, mocked, faults) => {
    expect(differences(known, mocked)).toEqual(faults);
  });
});
