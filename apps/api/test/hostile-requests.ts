import { METHODS } from "node:http";
import { gzipSync } from "node:zlib";
import { type Endpoint, needsSession } from "@yumroad/contract";
import fc from "fast-check";
import * as z from "zod/mini";
import { type JsonSchema, jsonSchemaOf, plausible } from "./plausible-values.ts";

/** The sender of a request, or the one it pretends to be. */
export type Sender = "owner" | "stranger" | "nobody" | "tampered" | "cut off" | "doubled" | "nonsense";

export interface HostileRequest {
  method: string;
  path: string;
  sender: Sender;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

/** Part of every body and query, so that a log line that holds one is recognised. */
export const MARK = "never-to-be-logged";

const METHODS_TO_TRY = METHODS.filter((method) => method !== "CONNECT");
const UNSAFE_TEXTS = [
  "\0",
  "\u001b[2J",
  "\ud83e",
  "\u202e",
  "' or 1=1 --",
  "%",
  "<script>",
  "{{7*7}}",
  "../../etc/passwd",
];
const KEYS = ["id", "role", "isAdmin", "ownerId", "emailVerified", "version", "__proto__", "constructor", "$where", ""];
const TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/json, text/plain",
  "application/xml",
  "",
];
const JSON_TYPE = { "Content-Type": "application/json" };

const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => MARK + text),
  fc.constantFrom(...UNSAFE_TEXTS).map((text) => MARK + text),
  fc.integer({ min: 1, max: 120_000 }).map((length) => MARK.repeat(Math.ceil(length / MARK.length))),
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 5 }),
  fc.constantFrom(null, true, -0, -1, 0.1, 1e308, 2 ** 53, [], {}, [[[[]]]], { $ne: 1 }, { toString: MARK }),
);

const junk = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 60 }).map(encodeURIComponent),
  fc.constantFrom(
    "%",
    "%00",
    "%E0%A4%A",
    "%ED%A0%80",
    "..",
    "%2e%2e",
    "%2F",
    "a%5Cb",
    "[]",
    "*",
    "A",
    "-",
    "a".repeat(3000),
  ),
);

const headerText = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 200 })
  .map((text) => text.replaceAll("\x7f", ""));

/** Arbitrary headers that should not change anything. */
const noise: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    ...[
      "Accept",
      "Accept-Encoding",
      "Accept-Language",
      "Authorization",
      "Content-Language",
      "If-Match",
      "If-None-Match",
    ],
    ...["If-Modified-Since", "Range", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override"],
    ...["X-Request-Id", "X-Original-URL", "User-Agent", "Referer", "Cache-Control", "Prefer"],
  ),
  fc.oneof(
    headerText,
    fc.constantFrom("*", '"1"', 'W/"1"', "DELETE", "/api/me/products", "bytes=9-1", "::::", "gzip;q=9"),
  ),
  { maxKeys: 4 },
);

/**
 * Requests for an endpoint that must be refused or are harmless reads. A request that could change something has at
 * least one fault for which the server must refuse it. Everything is derived from the contract.
 */
export function hostileRequests(
  endpoint: Endpoint,
  all: readonly Endpoint[],
  known: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const address = fc.constantFrom(...known).map((value) => endpoint.path.replace(/:\w+/g, encodeURIComponent(value)));
  const base = fc.record({
    method: fc.constant<string>(endpoint.method),
    path: address,
    sender: fc.constantFrom<Sender>("owner", "stranger", "nobody", "tampered", "cut off", "doubled", "nonsense"),
    headers: noise,
    body: fc.constant<HostileRequest["body"]>(undefined),
  });
  const body = endpoint.method === "GET" ? fc.option(hostileBody(endpoint)) : validBody(endpoint);
  const withBody = fc
    .tuple(base, body)
    .map(([request, sent]) =>
      sent ? { ...request, body: sent.body, headers: { ...request.headers, ...sent.headers } } : request,
    );
  return fc.tuple(withBody, fc.oneof(...faultsFor(endpoint, all))).map(([request, fault]) => ({
    ...request,
    ...fault,
    path: fault.path ?? request.path + (fault.query ?? ""),
    headers: { ...request.headers, ...fault.headers },
  }));
}

type Fault = Partial<HostileRequest> & { query?: string };

function faultsFor(endpoint: Endpoint, all: readonly Endpoint[]): fc.Arbitrary<Fault>[] {
  const isUnsafe = endpoint.method !== "GET";
  const isProtected = needsSession(endpoint);
  const allowed = all.filter(({ path }) => isSameShape(path, endpoint.path)).map(({ method }) => method as string);
  const methods = METHODS_TO_TRY.filter((method) => !allowed.includes(method) && method !== "HEAD");
  return [
    query(endpoint).map((text) => ({ query: `?${text}` })),
    fc.constantFrom(...methods).map((method) => ({ method })),
    oddAddress(endpoint).map((path) => ({ path })),
    ...(isUnsafe ? [hostileBody(endpoint), elsewhere] : [fc.constant({ method: "HEAD" }), fc.constant({})]),
    ...(isUnsafe && isProtected
      ? [fc.constantFrom<Sender>("nobody", "tampered", "cut off", "doubled", "nonsense").map((sender) => ({ sender }))]
      : []),
    ...(isUnsafe && endpoint.whose === "own" ? [fc.constant<Fault>({ sender: "stranger" })] : []),
  ];
}

const elsewhere: fc.Arbitrary<Fault> = fc
  .constantFrom("cross-site", "same-site", "none", "SAME-ORIGIN", "")
  .map((site) => ({ headers: { "Sec-Fetch-Site": site, Origin: "https://evil.example" } }));

/** True for two paths that one request can match: "/api/products/:slug" and "/api/products/new". */
function isSameShape(one: string, other: string): boolean {
  const [these, those] = [one.split("/"), other.split("/")];
  return (
    these.length === those.length && these.every((part, at) => part === those[at] || (part + those[at]).includes(":"))
  );
}

function oddAddress({ path, params }: Endpoint): fc.Arbitrary<string> {
  const beyond = fc.constantFrom("/", "/more/of/it", "%00", "%", "//").map((end) => path.replace(/:\w+/g, "x-x") + end);
  if (!params) return path.startsWith("/api/") ? beyond : fc.constantFrom("/api/nowhere", "/api/%", "/api//healthz");
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const odd = junk.filter((text) => {
    const value = decoded(text);
    return value === null || !z.safeParse(params, Object.fromEntries(names.map((name) => [name, value]))).success;
  });
  return fc.oneof(
    beyond,
    odd.map((text) => path.replace(/:\w+/g, text)),
  );
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** For a write, a parameter that the contract does not know; otherwise anything. */
function query(endpoint: Endpoint): fc.Arbitrary<string> {
  const names = Object.keys(jsonSchemaOf(endpoint.query)?.properties ?? {});
  const pairs = fc.array(
    fc
      .tuple(fc.oneof(fc.constantFrom("x", ...names), junk), fc.constantFrom("=", "[]=", "[a]=", ""), junk)
      .map((all) => all.join("")),
    { maxLength: 6 },
  );
  return pairs.map((all) => [`${MARK}=${MARK}`, ...all].slice(endpoint.method === "GET" ? 1 : 0).join("&"));
}

interface Sent {
  body: string | Uint8Array;
  headers: Record<string, string>;
}

/**
 * A body that the contract accepts, as far as its JSON schema tells, so that another fault is the reason for the
 * refusal.
 */
function validBody(endpoint: Endpoint): fc.Arbitrary<Sent | null> {
  const schema = jsonSchemaOf(endpoint.body);
  return schema
    ? plausible(schema, MARK).map((value) => ({ body: JSON.stringify(value), headers: JSON_TYPE }))
    : fc.constant(null);
}

/** A body that is refused from any sender, because the contract itself rejects it. */
function hostileBody(endpoint: Endpoint): fc.Arbitrary<Sent> {
  const schema: JsonSchema = jsonSchemaOf(endpoint.body) ?? { type: "object", properties: {} };
  const good = plausible(schema, MARK);
  const wrong = fc
    .oneof(
      hostileValue,
      fc
        .tuple(
          good,
          fc.oneof(fc.constantFrom(...KEYS, ...Object.keys(schema.properties ?? {})), hostileText),
          hostileValue,
        )
        .map(([value, key, odd]) => ({ ...(value as object), [key.slice(0, 5000)]: odd })),
    )
    .map((value) => JSON.stringify(value))
    .filter((text) => !takes(endpoint, text));
  const broken = fc
    .oneof(
      fc.string({ unit: "binary", minLength: 1 }).map((text) => `{"${MARK}":${text}`),
      fc.integer({ min: 1, max: 90_000 }).map((depth) => "[".repeat(depth)),
      fc.integer({ min: 1, max: 9000 }).map((depth) => `${'{"x":'.repeat(depth)}"${MARK}"${"}".repeat(depth)}`),
    )
    .filter((text) => !takes(endpoint, text));
  const inJson = { headers: JSON_TYPE };
  return fc.oneof(
    { weight: 4, arbitrary: wrong.map((body) => ({ body, ...inJson })) },
    broken.map((body) => ({ body, ...inJson })),
    fc
      .uint8Array({ minLength: 1, maxLength: 300 })
      .filter((bytes) => !takes(endpoint, new TextDecoder().decode(bytes)))
      .map((body) => ({ body, ...inJson })),
    wrong.map((text) => ({ body: Buffer.from(text, "utf16le"), ...inJson })),
    fc
      .tuple(good, fc.constantFrom(...TYPES))
      .map(([value, type]) => ({ body: JSON.stringify(value), headers: { "Content-Type": type } })),
    fc.tuple(good, fc.constantFrom("gzip", "br", "deflate", "zstd", MARK)).map(([value, encoding]) => ({
      body: gzipSync(JSON.stringify(value)),
      headers: { ...JSON_TYPE, "Content-Encoding": encoding },
    })),
  );
}

function takes({ body }: Endpoint, text: string): boolean {
  try {
    return z.safeParse(body ?? z.strictObject({}), JSON.parse(text)).success;
  } catch {
    return false;
  }
}
