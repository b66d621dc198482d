import {
  allEndpoints,
  ClaimedPassword,
  Email,
  NewPassword,
  normalizePassword,
  PersonName,
  ProductDescription,
  ProductName,
  SearchQuery,
  safeNext,
} from "@yumroad/contract";
import type { Request } from "express";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type JsonSchema, jsonSchemaOf } from "../test/plausible-values.ts";
import { tooDear } from "../test/slow-texts.ts";
import { tokenizeText } from "./catalog/products/tokenize-text.ts";
import { limits } from "./config/limits.ts";
import { passwordWeakness } from "./identity/users/password-weakness.ts";
import { emailKeyOf } from "./identity/users/user.entity.ts";
import { cookieValues, readSigned } from "./platform/http/cookies.ts";
import { requireVersion } from "./platform/http/if-match.ts";
import { decodeCursor } from "./platform/lib/cursor.ts";
import { slugCandidates } from "./platform/lib/slug.ts";
import { userAgentLabel } from "./platform/lib/user-agent-label.ts";

/** Node's limit for address and headers together. */
const HEADERS_SIZE = 16 * 1024;

const SECRET = "a secret of 32 bytes or more for tests";
const SOMEBODY = { name: "Ada Lovelace", email: "ada@example.com" };

type Path = (string | number)[];

/** Paths of all texts in an input: `["passkey", "response", "transports", 0]`. */
function textsIn(schema: JsonSchema, path: Path = []): Path[] {
  if (schema.const !== undefined || schema.enum) return [];
  if (schema.type === "string") return [path];
  return [
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((option) => textsIn(option, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => textsIn(field, [...path, name])),
    ...(schema.items ? textsIn(schema.items, [...path, 0]) : []),
  ];
}

function inputWith(text: string, [first, ...rest]: Path): unknown {
  if (first === undefined) return text;
  const value = inputWith(text, rest);
  return first === 0 ? [value] : { [first]: value };
}

const fields = allEndpoints.flatMap(([name, endpoint]) =>
  (["params", "query", "body"] as const).flatMap((part) => {
    const schema = endpoint[part];
    const largest = part === "body" ? limits.bodySize : HEADERS_SIZE;
    return schema
      ? textsIn(jsonSchemaOf(schema) ?? {}).map(
          (path) => [`${name}: ${[part, ...path].join(".")}`, schema, path, largest] as const,
        )
      : [];
  }),
);

describe("no text that somebody sends", () => {
  it("is left out", () => {
    expect(fields.length).toBeGreaterThan(50);
  });

  it.each(fields)("R45: takes long to be looked at, whatever is in it: %s", async (_, schema, path, largest) => {
    const look = (text: string) => z.safeParse(schema, inputWith(text, path));
    // Texts that fit, that are slightly too long, and as long as a request can carry.
    for (const length of [64, 1024, 10_000, largest]) expect(await tooDear(length, look)).toEqual([]);
  });

  /** The processing of a text that fits its schema. */
  const uses: [string, z.ZodMiniType<string | undefined>, (text: string) => unknown][] = [
    ["a description is read for its words", ProductDescription, tokenizeText],
    ["a product gets its address", ProductName, (name) => [...slugCandidates(name, "product")]],
    ["a password is held against the rules", NewPassword, (password) => passwordWeakness(password, SOMEBODY)],
    [
      "a password is held against a name",
      PersonName,
      (name) => passwordWeakness("a long enough one", { ...SOMEBODY, name }),
    ],
    ["a password is normalised", ClaimedPassword, normalizePassword],
    ["two addresses are held against each other", Email, emailKeyOf],
    ["a search is read for its words", SearchQuery.shape.q, (q) => tokenizeText(q)],
  ];

  it.each(uses)("R45: takes long once it was taken: %s", async (_, schema, use) => {
    await passwordWeakness("reads the list of common ones", SOMEBODY);
    let taken = 0;
    const useIfTaken = (text: string) => {
      const { success, data } = z.safeParse(schema, text);
      taken += Number(success);
      return success && use(data ?? "");
    };
    for (const length of [50, 120, 250, 1024, 2000, 10_000, 20_000])
      expect(await tooDear(length, useIfTaken)).toEqual([]);
    expect(taken).toBeGreaterThan(0);
  });

  it.each<[string, (text: string) => unknown]>([
    ["the name of a browser", userAgentLabel],
    ["a cookie", (text) => cookieValues(text, "yumroad").map((value) => readSigned(value, [SECRET]))],
    ["a cookie of ours", (text) => readSigned(`s:${text}`, [SECRET])],
    [
      "a version",
      (text) => expect(() => requireVersion({ headers: { "if-match": text } } as Request, '"1"')).toThrow(),
    ],
    ["a place in a list", decodeCursor],
    ["a way back", safeNext],
  ])("R45: takes long where no schema stands in front: %s", async (_, use) => {
    for (const length of [256, 1000, 2000, HEADERS_SIZE]) expect(await tooDear(length, use)).toEqual([]);
  });
});
