import { gzipSync } from "node:zlib";
import {
  type Access,
  allEndpoints,
  type Endpoint,
  type EndpointName,
  needsSession,
  needsUser,
  type Problem,
  type Product,
  type RawBody,
} from "@yumroad/contract";
import type { Client, RequestOptions } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { logInWithPasswordOnly, setUpTotp } from "../test/authenticator-app.ts";
import { makeOperator } from "../test/operators.ts";
import { createPasskeyDevice } from "../test/passkey-device.ts";
import { dumpStoredData } from "../test/stored-data.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type TestApp } from "../test/test-app.ts";
import { trayKeyOf } from "../test/tray-key.ts";
import { demoLogin } from "./demo/demo-stores.ts";
import { MailEntity } from "./platform/mail/mail.entity.ts";

/** An authenticator that answers a challenge of no account. */
const device = createPasskeyDevice();
const attestation = device.create({ challenge: "AAAA", user: { id: "AAAA" } });
const assertion = device.get({ challenge: "AAAA" });

/** A valid body for each endpoint that takes one. A missing one fails the suite. */
const GOOD_BODIES: Partial<Record<EndpointName, Record<string, unknown>>> = {
  "auth.signup": { name: "Ada Lovelace", email: "never-made@example.com", password: GOOD_PASSWORD, remember: true },
  "auth.login": { email: "never-made@example.com", password: GOOD_PASSWORD, remember: true },
  "account.change": { name: "Ada Lovelace" },
  "auth.reauthenticate": { password: GOOD_PASSWORD },
  "password.requestReset": { email: "never-made@example.com", next: "/products/new" },
  "password.reset": { token: "a-token-that-nobody-was-given", password: GOOD_PASSWORD },
  "email.verify": { token: "a-token-that-nobody-was-given", password: GOOD_PASSWORD },
  "account.disown": { token: "a-token-that-nobody-was-given" },
  "email.undoChange": { token: "a-token-that-nobody-was-given" },
  "auth.reportUnknownLogin": { token: "a-token-that-nobody-was-given" },
  "operator.setUp": { token: "a-token-that-nobody-was-given" },
  "operator.changeShop": {
    name: "Paper & Ink",
    tagline: "Zines, prints and fonts",
    senderName: "Ada of Paper & Ink",
    legalName: "Ada Lovelace",
    legalAddress: "1 St James’s Square\nLondon",
    contactEmail: "hello@example.com",
    footerLinks: [{ label: "Imprint", href: "https://example.com/imprint" }],
    showsPoweredBy: true,
  },
  "operator.changeShopKind": { kind: "my_store" },
  "password.checkResetLink": { token: "a-token-that-nobody-was-given" },
  "auth.unlock": { token: "a-token-that-nobody-was-given" },
  "email.change": { email: "never-made@example.com" },
  "password.change": { currentPassword: GOOD_PASSWORD, password: GOOD_PASSWORD },
  "twoFactor.completeLogin": { code: "123456" },
  "twoFactor.confirmTotp": { code: "123456" },
  "passkeys.login": { passkey: assertion, remember: true },
  "passkeys.reauthenticate": { passkey: assertion },
  "passkeys.add": { passkey: attestation, name: "Laptop" },
  "stores.changeOwn": {
    name: "Mira Okafor",
    handle: "never-made",
    bio: "Twelve of them",
    legalName: "Mira Okafor",
    legalAddress: "1 Road\nTown",
    contactEmail: "never-made@example.com",
  },
  "stores.changePayments": { payInstructions: "Send it to\nIBAN DE02" },
  "operator.confirmTestMail": { token: "a-token-that-nobody-was-given" },
  "operator.takeDownStore": { reason: "Twelve of them" },
  "operator.takeDownProduct": { reason: "Twelve of them" },
  "products.create": {
    name: "Plum jam recipes",
    description: "Twelve of them",
    price: { amount: 1200, currency: "EUR" },
    status: "draft",
  },
  "products.update": {
    name: "Plum jam recipes",
    description: "Twelve of them",
    price: { amount: 1200, currency: "EUR" },
    status: "draft",
  },
  "orders.changeEmail": { email: "grace@example.com" },
  "orders.undoEmailChange": { token: "a-token-that-nobody-was-given" },
  "purchases.open": { token: "a-token-that-nobody-was-given" },
  "sales.refund": { amount: 1, endsAccess: false, reason: "", attempt: "00000000-0000-4000-8000-000000000000" },
  "sales.changeAccess": { hasAccess: true },
  "withdrawals.make": { name: "Grace", contact: "grace@example.com", order: "0123456789", statement: "I withdraw" },
  "withdrawals.settle": { outcome: "handled" },
  "purchases.find": { email: "grace@example.com" },
  "contents.create": { kind: "note", title: "Thank you", body: "Twelve of them" },
  "contents.reorder": { ids: [] },
  "pictures.reorder": { ids: [] },
  "pictures.change": { alt: "A moon of paper" },
  "contents.change": { kind: "link", title: "Video", body: "https://example.com/video" },
  "downloads.create": { content: "00000000-0000-7000-8000-000000000000" },
  "checkout.quote": { code: "SPRING25" },
  "discounts.create": { code: "SPRING25", off: { kind: "percent", percent: 25 } },
  "discounts.change": { maxUses: 5 },
  "checkout.begin": {
    email: "never-made@example.com",
    seenPrice: { amount: 100, currency: "EUR" },
    hasConsented: true,
    attempt: "00000000-0000-4000-8000-000000000000",
  },
  "orders.open": { token: "a-token-that-nobody-was-given" },
  "payments.actOnDemo": { outcome: "decline", isUntold: true },
};

/** Part of every body and query that is sent, so that a log line containing one is found. */
const MARK = "never-to-be-logged";
const MAIL_ID = "00000000-0000-7000-8000-000000000000";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
const JSON_TYPE = { "Content-Type": "application/json" };
const HALF_A_CHARACTER = "\ud83e";

/** Fields that compare a password: every possible password is answered as wrong, and none as invalid. */
const CLAIMED_PASSWORDS = [
  "auth.login.password",
  "auth.reauthenticate.password",
  "email.verify.password",
  "password.change.currentPassword",
];

const isUnsafe = ({ method }: Endpoint) => method !== "GET";

let app: TestApp;
/** A second server, since only a local demo has a mail tray and payments without a provider's account. */
let demo: TestApp;
/** A payment of the demo. */
let paymentSession: string;
/** A guest with a free order, and the order. */
let buyer: Client;
let ref: string;
let withdrawal: string;
let seller: Person;
/** A caller for each level of access. The clock stands still, so new sessions stay fresh. */
let callers: Record<Access, () => Client>;
let storedBefore: string[];
beforeAll(async () => {
  app = await createTestApp();
  seller = await app.signUp({ name: "Mira Okafor" });
  const json = { name: "Real product", description: "", price: { amount: 100, currency: "EUR" } };
  await seller.client.post("/api/products", { json });
  buyer = app.visitor();
  ref = (await order(buyer, { of: seller.client, amount: 0 })).ref;
  const statement = { name: "Grace", contact: "grace@example.com", order: ref };
  withdrawal = (await buyer.post<{ ref: string }>("/api/withdrawals", { json: statement })).json.ref;
  await app.dependencies.workers.withdrawals.run();
  const careful = await app.signUp();
  await setUpTotp(app, careful);
  const pending = await logInWithPasswordOnly(app, careful);
  const [visitor, user] = [() => app.visitor(), () => seller.client];
  const operator = await makeOperator(app, await app.signUp());
  callers = {
    public: visitor,
    anyone: visitor,
    pending: () => pending,
    user,
    seller: user,
    operator: () => operator.client,
  };
  demo = await createTestApp({ isLocalDemo: true });
  const { payAt } = await order(demo.visitor(), { of: (await demo.logIn(demoLogin)).client, amount: 100 });
  paymentSession = payAt?.split("/").at(-1) ?? "";
  const { mailer, database, clock } = demo.dependencies;
  await database.fork().insert(MailEntity, {
    id: MAIL_ID,
    kind: "password_reset",
    toAddress: "ada@example.com",
    subject: "Choose a new password",
    body: mailer.box.seal(JSON.stringify({ html: "<p>", text: "Hello", unsubscribeUrl: null }), MAIL_ID),
    messageId: "<1@shop.example>",
    createdAt: new Date(clock.now()),
  });
  storedBefore = [await dumpStoredData(app), await dumpStoredData(demo)];
});
afterAll(async () => {
  await app.close();
  await demo.close();
});

async function order(client: Client, { of, amount }: { of: Client; amount: number }) {
  const price = { amount, currency: "EUR" };
  const { json: product } = await of.post<Product>("/api/products", { json: { name: `For ${amount}`, price } });
  const { status, json } = await client.post<{ ref: string; payAt: string | null }>(
    `/api/products/${product.slug}/checkout`,
    { json: { ...GOOD_BODIES["checkout.begin"], email: "grace@example.com", seenPrice: price } },
  );
  expect(status).toBe(201);
  return json;
}

/** The address of an existing thing, or with `odd` as the value of the parameter `at`. */
function pathOf({ path }: Endpoint, { at, odd }: { at?: string | undefined; odd?: string } = {}): string {
  const names: Record<string, string> = {
    ":slug": "real-product",
    ":handle": path.startsWith("/api/account/") ? "a-handle-of-22-letters" : "mira-okafor",
    ":id": MAIL_ID,
    ":ref": ref,
    ":withdrawal": withdrawal,
    ":session": paymentSession,
    ":provider": "demo",
  };
  return path.replace(/:\w+/g, (name) => (name === at ? odd : names[name]) ?? name);
}

const isOfDemo = ({ path }: Endpoint) => /^\/(?:api\/(?:outbox|demo-payments)|webhooks)\b/.test(path);

function clientFor(endpoint: Endpoint): Client {
  if (isOfDemo(endpoint)) return demo.visitor({ headers: trayKeyOf(demo) });
  return endpoint.path.startsWith("/api/orders/") ? buyer : callers[endpoint.access]();
}

async function send(endpoint: Endpoint, options: RequestOptions & { path?: string; client?: Client } = {}) {
  const { path = pathOf(endpoint), client = clientFor(endpoint), ...rest } = options;
  const answer = await client.request<Problem>({ method: endpoint.method, path, ...rest });
  return { status: answer.status, code: answer.json?.code, headers: answer.headers, text: answer.text };
}

/** A body of the kind that an endpoint takes. */
function bodyFor({ body, rawBody }: Endpoint, good: object): RequestOptions {
  if (rawBody) return { body: "{}", headers: { "Content-Type": rawBody.media[0] } };
  return body ? { json: good } : {};
}

function fieldsOf(schema: z.ZodMiniType | undefined): Record<string, { type?: string; anyOf?: { type?: string }[] }> {
  if (!schema) return {};
  const { properties, oneOf = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.assign({}, properties, ...oneOf.map((variant) => variant.properties));
}

describe("the contract", () => {
  it.each(allEndpoints)("has %s, which is served", async (_, endpoint) => {
    // A cross-site write is refused before anything is looked at; reading is harmless.
    const reader = needsSession(endpoint) ? app.visitor() : clientFor(endpoint);
    const client = isUnsafe(endpoint) ? reader.from("https://evil.example") : reader;
    const { status } = await client.request({ method: endpoint.method, path: pathOf(endpoint) });
    expect([404, 405]).not.toContain(status);
  });
});

describe("the table of bodies", () => {
  it("has a good one for each endpoint that takes one", () => {
    for (const [name, { body }] of allEndpoints) {
      if (body) expect(z.safeParse(body, GOOD_BODIES[name]).success, name).toBe(true);
    }
  });
});

describe.each(allEndpoints)("%s", (name, endpoint) => {
  // The names of some things are known only once they are made.
  let path: string;
  beforeAll(() => {
    path = pathOf(endpoint);
  });
  const good = GOOD_BODIES[name] ?? {};
  const marked = { ...good, [MARK]: MARK };
  // As deeply nested as the largest body can be.
  const depth = needsUser(endpoint) ? 40_000 : 3500;

  const allowed = allEndpoints
    .filter(([, other]) => other.path === endpoint.path)
    .map(([, other]) => other.method as string);

  it.each(METHODS.filter((method) => !allowed.includes(method)))(
    "refuses %s by name: 405 with Allow",
    async (method) => {
      const answer = await clientFor(endpoint).request<Problem>({ method, path });
      expect([answer.status, answer.json.code]).toEqual([405, "method_not_allowed"]);
      const expected = allowed.flatMap((known) => (known === "GET" ? ["GET", "HEAD"] : [known]));
      expect(String(answer.headers.allow).split(", ").sort()).toEqual(expected.sort());
      expect(answer.setCookies).toEqual([]);
    },
  );

  it("follows HEAD as GET, or refuses it", async () => {
    const answer = await clientFor(endpoint).head(path);
    expect(answer.status).toBe(allowed.includes("GET") ? 200 : 405);
    expect(answer.text).toBe("");
  });

  it.each(["surprise=1", "__proto__=1", "constructor[prototype]=1", `q${MARK}=${MARK}`, "=", "%00=1", "a=%E0%A4%A"])(
    "refuses the unknown query ?%s: 422",
    async (query) => {
      const answer = await send(endpoint, { path: `${path}?${query}`, ...bodyFor(endpoint, good) });
      expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
    },
  );

  if (endpoint.query) {
    it.each(Object.keys(fieldsOf(endpoint.query)))(
      "refuses the query parameter %s when it is repeated, nested, or holds what no text may: 422",
      async (key) => {
        const wrong = [
          `${key}=1&${key}=1`,
          `${key}[]=1`,
          `${key}[a]=1`,
          `${key}=a%00b`,
          `${key}=a%1bb`,
          `${key}=${"9".repeat(3000)}`,
        ];
        for (const query of wrong) {
          expect((await send(endpoint, { path: `${path}?${query}` })).status, query).toBe(422);
        }
      },
    );
  }

  describe.each(endpoint.path.match(/:\w+/g) ?? [])("at %s", (at) => {
    it.each([
      ...[
        "%",
        "%E0%A4%A",
        "%00",
        "%0a",
        "%2e%2e",
        "..",
        "...",
        "%2F",
        "a%2Fb",
        "a%5Cb",
        "REAL-PRODUCT",
        "real_product",
      ],
      ...[
        "-",
        "--",
        "real-product-",
        "-real-product",
        "real--product",
        "%F0%9F%A6%8A",
        "%ED%A0%80",
        "__proto__",
        "constructor",
      ],
      ...[
        "a".repeat(81),
        "a".repeat(8000),
        "real-product;a=b",
        "real-product.json",
        "*",
        "%27%20or%201=1",
        "nothing-here",
      ],
    ])("says of the odd address %s that it is not there: 404", async (odd) => {
      const answer = await send(endpoint, { path: pathOf(endpoint, { at, odd }), ...bodyFor(endpoint, good) });
      expect([answer.status, answer.code]).toEqual([404, "not_found"]);
    });
  });

  if (endpoint.path.startsWith("/api/")) {
    it.each([
      ["with a slash at the end", () => `${path}/`],
      ["with a doubled slash", () => path.replace("/api/", "/api//")],
      ["in capitals", () => `/api${path.slice(4).toUpperCase()}`],
      ["with more behind it", () => `${path}/more/of/it`],
      ["with a NUL behind it", () => `${path}%00`],
      ["with bad percent-encoding", () => `${path}%`],
      ["with dot segments", () => `${path}/../../api/nowhere`],
    ])("is not there %s: 404", async (_, odd) => {
      const answer = await send(endpoint, { path: odd(), ...bodyFor(endpoint, good) });
      expect([answer.status, answer.code]).toEqual([404, "not_found"]);
    });
  }

  it.each([
    ["cookies that are none", { Cookie: "yumroad; =; ;;; __Host-yumroad=; __Host-yumroad-device=%E0" }],
    ["a very long cookie", { Cookie: `__Host-yumroad=s%3A${"x".repeat(6000)}` }],
    ["two session cookies", { Cookie: "__Host-yumroad=a; __Host-yumroad=b" }],
    [
      "odd conditions",
      { "If-None-Match": 'W/"", *', "If-Match": '"', "If-Modified-Since": "yesterday", Range: "bytes=9-1" },
    ],
    ["odd forwarding", { "X-Forwarded-For": `${MARK}, '; --, ::::`, "X-Forwarded-Host": "evil.example" }],
    ["odd wishes", { Accept: "image/webp;q=x", "Accept-Encoding": "zip, *;q=0", "Accept-Language": "%%%" }],
  ])("is not broken by %s", async (_, headers) => {
    const answer = await send(endpoint, { headers, ...(!isOfDemo(endpoint) && { client: app.visitor() }) });
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain("evil.example");
  });

  if (!isUnsafe(endpoint)) {
    it("pays no heed to a body", async () => {
      for (const body of ["{", "x".repeat(200_000)]) {
        const options = { path: path, body, headers: { "Content-Type": "text/plain" } };
        expect((await send(endpoint, options)).status).toBe(200);
      }
    });
    return;
  }

  if (endpoint.rawBody) {
    describeRawBody(endpoint, endpoint.rawBody);
    return;
  }

  it.each([
    ["cut off", "{"],
    ["a blank", " "],
    ["a word", MARK],
    ["single quotes", `{'email':'${MARK}'}`],
    ["a comma too many", `{"${MARK}":1,}`],
    ["a comment", `{"a":1} // ${MARK}`],
    ["two values", `{} {"a":"${MARK}"}`],
    ["a raw control character", `{"a":"\n${MARK}"}`],
    ["NaN", `{"a":NaN,"b":"${MARK}"}`],
    ["bytes that are no UTF-8", Buffer.from([...Buffer.from('{"a":"'), 0xff, 0xfe, ...Buffer.from('"}')])],
    ["half a character in UTF-8", Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')])],
    ["an over-long encoding", Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0xaf, ...Buffer.from('"}')])],
    ["UTF-16", Buffer.from(`{"a":"${MARK}"}`, "utf16le")],
    ["nothing but nesting without an end", "[".repeat(depth)],
  ])("refuses malformed JSON (%s): 400", async (_, body) => {
    const answer = await send(endpoint, { body, headers: JSON_TYPE });
    expect([answer.status, answer.code]).toEqual([400, "malformed_json"]);
    expect(answer.text).not.toContain(MARK);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/problem+json",
    "text/json",
    "application/json; charset=utf-16",
    "application/json; charset=iso-8859-1",
    "application/json, text/plain",
    "",
    null,
  ])("R41: refuses a body of the content type %j: 415", async (type) => {
    const answer = await send(endpoint, { body: JSON.stringify(good), headers: { "Content-Type": type } });
    expect([answer.status, answer.code]).toEqual([415, "unsupported_media_type"]);
  });

  it.each(["gzip", "br", "deflate", "zstd", MARK])(
    "R41: refuses a body that is encoded as %s: 415",
    async (encoding) => {
      const headers = { ...JSON_TYPE, "Content-Encoding": encoding };
      const answer = await send(endpoint, { body: gzipSync(JSON.stringify(good)), headers });
      expect([answer.status, answer.code]).toEqual([415, "unsupported_media_type"]);
    },
  );

  it.each([
    ["with its length told", {}],
    ["without its length told", { "Content-Length": null, "Transfer-Encoding": "chunked" }],
  ])("refuses a body of more than 100 KB, %s: 413", async (_, extra) => {
    const body = JSON.stringify({ ...good, description: MARK.repeat(8000) });
    const answer = await send(endpoint, { body, headers: { ...JSON_TYPE, ...extra } });
    expect([answer.status, answer.code]).toEqual([413, "payload_too_large"]);
  });

  it.each(["null", "true", "7", '"text"', "[]", "[{}]", `${"[".repeat(depth)}${"]".repeat(depth)}`])(
    "refuses a body that is no object: 422",
    async (body) => {
      const answer = await send(endpoint, { body, headers: JSON_TYPE });
      expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
    },
  );

  it.each([
    ["any", MARK],
    ["constructor", "constructor"],
    ["toString", "toString"],
    ["an empty one", ""],
    ["a very long one", "k".repeat(5000)],
    ["half a character", HALF_A_CHARACTER],
    ["a NUL", "\0"],
    ["an id", "id"],
    ["a role", "role"],
  ])("R52: refuses an unknown field (%s) by its name: 422", async (_, field) => {
    const answer = await send(endpoint, { json: { ...good, [field]: MARK } });
    expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
    expect(answer.text).toContain("This field is not known");
    expect(answer.text.length).toBeLessThan(1000);
  });

  it("R52: refuses __proto__, and deep nesting in an unknown field: 422", async () => {
    const inside = JSON.stringify(good).slice(1);
    const more = inside === "}" ? inside : `,${inside}`;
    for (const odd of ['"__proto__":{"isAdmin":true}', `"x":${'{"x":'.repeat(depth / 5)}1${"}".repeat(depth / 5)}`]) {
      const answer = await send(endpoint, { body: `{${odd}${more}`, headers: JSON_TYPE });
      expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  for (const [field, { type, anyOf }] of Object.entries(fieldsOf(endpoint.body))) {
    const isNullable = anyOf?.some((one) => one.type === "null") ?? false;
    it.each(
      [
        ...(isNullable ? [] : [null]),
        0.5,
        type === "array" ? 7 : [],
        {},
        [good[field]],
        { $ne: 1 },
        [[[[]]]],
        type === "string" ? 7 : MARK,
      ].map((value) => [value]),
    )(`refuses ${field} of another type (%j), at its place: 422`, async (value) => {
      const answer = await send(endpoint, { json: { ...good, [field]: value } });
      expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
      const { issues } = JSON.parse(answer.text) as Problem;
      expect(issues?.every((issue) => issue.path[0] === field)).toBe(true);
    });

    if (type === "string" && !CLAIMED_PASSWORDS.includes(`${name}.${field}`)) {
      it.each(["\0", "\u0007", "\u001b[2J", "\u0085", HALF_A_CHARACTER, "\udc00"])(
        `refuses ${field} with the character %j in it: 422`,
        async (character) => {
          const answer = await send(endpoint, { json: { ...good, [field]: `${good[field]}${character}x` } });
          expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
        },
      );
    }
  }

  if (endpoint.body && name !== "products.update") {
    it("refuses no body, and an empty one, as one with everything missing: 422", async () => {
      for (const options of [
        {},
        { json: {} },
        { body: "", headers: JSON_TYPE },
        { body: "", headers: { "Content-Type": "text/plain" } },
      ]) {
        const answer = await send(endpoint, options);
        expect([answer.status, answer.code]).toEqual([422, "invalid_input"]);
      }
    });
  }

  it("R41: answers the first of several faults: 404, 403, 401, 415, 413, 400, 422", async () => {
    const huge = `{"a":"${MARK.repeat(8000)}`;
    const wrongType = { "Content-Type": "text/plain" };
    const elsewhere = clientFor(endpoint).from("https://evil.example");
    if (endpoint.params) {
      const odd = pathOf(endpoint, { at: /:\w+/.exec(endpoint.path)?.[0], odd: "ODD" });
      expect((await send(endpoint, { client: elsewhere, path: odd, body: huge, headers: wrongType })).status).toBe(404);
    }
    expect((await send(endpoint, { client: elsewhere, body: huge, headers: wrongType })).status).toBe(403);
    if (needsSession(endpoint)) {
      expect((await send(endpoint, { client: app.visitor(), body: huge, headers: wrongType })).status).toBe(401);
    }
    expect((await send(endpoint, { body: huge, headers: wrongType })).status).toBe(415);
    expect((await send(endpoint, { body: huge, headers: JSON_TYPE })).status).toBe(413);
    expect((await send(endpoint, { body: "{", headers: JSON_TYPE, path: `${path}?surprise=1` })).status).toBe(400);
    expect((await send(endpoint, { json: marked, path: `${path}?surprise=1` })).status).toBe(422);
  });
});

/** A body that is no JSON, or of which every byte is signed: nothing in it is looked at before the handler does. */
function describeRawBody(endpoint: Endpoint, { media: [type] }: RawBody): void {
  const headers = { "Content-Type": type };

  it.each(["text/plain", "application/x-www-form-urlencoded", `${type}p`, `${type}, text/plain`, "", null])(
    "R41: refuses a raw body of the content type %j: 415",
    async (wrong) => {
      const answer = await send(endpoint, { body: "{}", headers: { "Content-Type": wrong } });
      expect([answer.status, answer.code]).toEqual([415, "unsupported_media_type"]);
    },
  );

  it.each(["gzip", "br", MARK])("R41: refuses a raw body that is encoded as %s: 415", async (encoding) => {
    const answer = await send(endpoint, {
      body: gzipSync("{}"),
      headers: { ...headers, "Content-Encoding": encoding },
    });
    expect([answer.status, answer.code]).toEqual([415, "unsupported_media_type"]);
  });

  it.each([
    ["with its length told", {}],
    ["without its length told", { "Content-Length": null, "Transfer-Encoding": "chunked" }],
  ])("refuses a raw body over the endpoint's size, %s: 413", async (_, extra) => {
    const body = "x".repeat((endpoint.bodySize ?? 0) + 1);
    const answer = await send(endpoint, { body, headers: { ...headers, ...extra } });
    expect([answer.status, answer.code]).toEqual([413, "payload_too_large"]);
  });

  it.each([
    ["nothing", ""],
    ["cut off", "{"],
    ["no object", "null"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
    ["nothing but nesting", "[".repeat(400_000)],
    ["a good one", JSON.stringify({ id: MARK, kind: "payment.paid", session: MARK })],
  ])("R93: refuses a body that nobody has signed, whatever is in it (%s): 400", async (_, body) => {
    for (const signature of [null, "", MARK, `t=1,v1=${"0".repeat(64)}`, `t=${"9".repeat(12)},v1=${"f".repeat(64)}`]) {
      const answer = await send(endpoint, { body, headers: { ...headers, "Demo-Signature": signature } });
      expect([answer.status, answer.code]).toEqual([400, "webhook_invalid"]);
    }
  });

  it("R41: answers the first of several faults of a raw body: 404, 403, 415, 413, 422, 400", async () => {
    const huge = "x".repeat((endpoint.bodySize ?? 0) + 1);
    const wrongType = { "Content-Type": "text/plain" };
    const elsewhere = clientFor(endpoint).from("https://evil.example");
    const [path, odd] = [pathOf(endpoint), pathOf(endpoint, { at: /:\w+/.exec(endpoint.path)?.[0], odd: "ODD" })];
    const statuses = [
      await send(endpoint, { client: elsewhere, path: odd, body: huge, headers: wrongType }),
      await send(endpoint, { client: elsewhere, body: huge, headers: wrongType }),
      await send(endpoint, { body: huge, headers: wrongType }),
      await send(endpoint, { body: huge, headers, path: `${path}?surprise=1` }),
      await send(endpoint, { body: "{", headers, path: `${path}?surprise=1` }),
      await send(endpoint, { body: "{", headers }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 403, 415, 413, 422, 400]);
  });
}

describe("addresses that nothing answers", () => {
  it.each([
    "/api",
    "/api/",
    "/api/nowhere",
    "/api/%",
    "/api/%00",
    "/api//",
    "/api/../secret",
    "/api/products/a/b",
    `/api/${"a".repeat(5000)}`,
  ])("%s is not there, by any method: 404", async (path) => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
      const answer = await app.visitor().request<Problem>({ method, path });
      expect([method, answer.status, answer.json.code]).toEqual([method, 404, "not_found"]);
      expect(answer.setCookies).toEqual([]);
    }
  });
});

describe("after all of it", () => {
  it("nothing was stored, nothing changed and nothing ended", async () => {
    expect([await dumpStoredData(app), await dumpStoredData(demo)]).toEqual(storedBefore);
  });

  it("R78: the log holds no password, no cookie, no body and no query", () => {
    expect(app.logs.lines.length).toBeGreaterThan(500);
    const session = String(seller.client.cookies.get("__Host-yumroad")?.value);
    const secrets = [
      GOOD_PASSWORD,
      MARK,
      session,
      decodeURIComponent(session).slice(2).split(".")[0] ?? "",
      "Twelve of them",
    ];
    for (const secret of secrets) expect(app.logs.text).not.toContain(secret);
    expect(app.logs.text).not.toContain("never-made@example.com");
  });

  it("nothing was a failure of ours", () => {
    const failures = [...app.logs.lines, ...demo.logs.lines].filter(({ level }) => Number(level) >= 50);
    expect(failures).toEqual([]);
    expect(app.logs.text).not.toContain("unparsed");
  });
});
