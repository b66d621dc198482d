import { hash } from "node:crypto";
import type { Recording } from "@yumroad/contract/recordings";
import type { Answer } from "@yumroad/testkit";

/** Headers that clients depend on. */
const HEADERS = [
  "content-type",
  "content-disposition",
  "cache-control",
  "clear-site-data",
  "etag",
  "location",
  "retry-after",
  "www-authenticate",
];

/** The time of every recording. Other times keep their distance from it. */
const MOMENT = Date.parse("2026-03-01T09:00:00.000Z");

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 24 * 60 * 60_000;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const BASE64URL = /^[\w-]{22,}$/;

/** Random values by the field that holds them, with their required form and their alphabet. */
const RANDOM: Record<string, { form: RegExp; alphabet: string }> = {
  challenge: { form: BASE64URL, alphabet: "base64url" },
  // WebAuthn ids are base64url, while the product's own ids are UUIDs.
  id: { form: BASE64URL, alphabet: "base64url" },
  handle: { form: /^[\w-]{22}$/, alphabet: "base64url" },
  ref: { form: /^[0-9A-HJKMNP-TV-Z]{10}$/, alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ" },
  refs: { form: /^[0-9A-HJKMNP-TV-Z]{10}$/, alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ" },
  nextCursor: { form: BASE64URL, alphabet: "base64url" },
  resetToken: { form: BASE64URL, alphabet: "base64url" },
  secret: { form: /^[A-Z2-7]{32}$/, alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" },
  recoveryCodes: { form: /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}$/, alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ" },
};

/** Random parts within a text. Users and things are those of the fixtures (`fixtures.ts`). */
const WITHIN: [RegExp, string][] = [
  [/\b(ada-lovelace|paper-moon|field-notes)-(?:[23]|[0-9a-f]{6})\b/g, "$1"],
  [/\b(ada|grace)-\d+(@|%40)example\.com\b/g, "$1$2example.com"],
  [/(\/demo-pay\/)[\w-]{43}/g, `$1${drawn("base64url", 43, "session")}`],
  [/(\/d\/)[\w-]{43}/g, `$1${drawn("base64url", 43, "download")}`],
  [/(#token=)[\w-]{43}/g, `$1${drawn("base64url", 43, "token")}`],
  [/(\?until=)\d+(&signature=)[\w-]{43}/g, `$1${MOMENT}$2${drawn("base64url", 43, "signature")}`],
  [/(\/yumroad-ada-lovelace-|"(?:yumroad|sales)-ada-lovelace-)\d{4}-\d\d-\d\d/g, "$12026-03-01"],
];

/**
 * The recorded form of an answer: the same for the same behaviour, whenever and wherever it is requested. Times are
 * relative to `now`, the time of the answer. Random values are replaced by others of the same form, in the order of
 * their appearance; a value without the form that its field requires stays and shows as a drift.
 */
export function normalise({ status, headers, json, setCookies }: Answer, now: number): Recording {
  const inText = createReplacer(now);
  const kept = HEADERS.flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, inText(value)] as const] : [];
  });
  const { etag, ...others } = Object.fromEntries(kept);
  const cookies = (headers["set-cookie"] ?? []).map(withoutValue);
  return {
    status,
    headers: {
      ...others,
      ...(etag !== undefined && { etag: versionTag(etag) }),
      ...(setCookies.length > 0 && { "set-cookie": cookies }),
    },
    ...(json !== undefined && { body: replaced(json, "", inText) }),
  };
}

/** Replaces random values in texts. Within one answer equal values get equal replacements. */
function createReplacer(now: number) {
  const ids = new Map<string, string>();
  const drawnBefore = new Map<string, string>();

  return function inText(text: string, field = ""): string {
    if (TIME.test(text)) return new Date(MOMENT + Date.parse(text) - now).toISOString();
    if (DATE.test(text)) {
      const daysAgo = Math.floor(now / DAY_MS) - Date.parse(text) / DAY_MS;
      return new Date(MOMENT - daysAgo * DAY_MS).toISOString().slice(0, 10);
    }
    const kind = RANDOM[field];
    if (kind?.form.test(text) && !isUuid(text)) {
      const known = drawnBefore.get(text) ?? likeness(text, kind.alphabet, `${field} ${drawnBefore.size}`);
      drawnBefore.set(text, known);
      return known;
    }
    let result = text;
    for (const [former, standIn] of drawnBefore) result = result.replaceAll(former, standIn);
    for (const [pattern, standIn] of WITHIN) result = result.replace(pattern, standIn);
    return result.replace(UUID, (id) => {
      const known = ids.get(id) ?? `019caaaa-0000-7000-8000-${String(ids.size + 1).padStart(12, "0")}`;
      ids.set(id, known);
      return known;
    });
  };
}

function isUuid(text: string): boolean {
  return text.length === 36 && text.search(UUID) === 0;
}

function replaced(value: unknown, field: string, inText: (text: string, field: string) => string): unknown {
  if (typeof value === "string") return inText(value, field);
  if (Array.isArray(value)) return value.map((item) => replaced(item, field, inText));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, name, inText)]));
}

/** A text of the same form that depends on `seed` alone. */
function likeness(text: string, alphabet: string, seed: string): string {
  if (alphabet === "base64url") return drawn(alphabet, text.length, seed);
  const letters = drawn(alphabet, text.replaceAll("-", "").length, seed);
  let used = 0;
  return text.replace(/[^-]/g, () => letters[used++] ?? "");
}

function drawn(alphabet: string, length: number, seed: string): string {
  const digest = hash("sha512", seed, "buffer");
  if (alphabet === "base64url") return digest.toString("base64url").slice(0, length);
  return [...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/** The product's own version tag is a number and part of an id; any other tag is a digest of the body. */
function versionTag(tag: string): string {
  return tag
    .replace(/^"(\d+)-[0-9a-f]{12}"$/, '"$1-000000000001"')
    .replace(/^W\/"[\w-]{27}"$/, `W/"${drawn("base64url", 27, "etag")}"`);
}

/**
 * A cookie's name and attributes, and whether its value is empty. Its expiry follows the machine's own clock, unless it
 * expires at once.
 */
function withoutValue(cookie: string): string {
  return cookie
    .replace(/^([^=]+)=[^;]+/, "$1=…")
    .replace(/Expires=([^;]+)/, (whole, date: string) => (Date.parse(date) === 0 ? whole : "Expires=…"));
}
