import * as z from "zod/mini";

interface Schema {
  type?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

/** A value that was one of few, with where it stands: `items[].status`. */
export interface Choice {
  place: string;
  value: unknown;
}

/**
 * What a body says where its schema leaves a choice between few values: a yes or no, a status, a kind. Such a value means
 * something by itself, so that two of them are not of one form as two names are.
 */
export function choicesIn(schema: z.ZodMiniType, body: unknown): Choice[] {
  const places = new Set(placesOf(z.toJSONSchema(schema, { unrepresentable: "any" }) as Schema, ""));
  return valuesIn(body, "").filter(({ place }) => places.has(place));
}

/** The choices in a body that none of the recorded ones makes, in words. */
export function unheardOfChoices(schema: z.ZodMiniType, recorded: readonly unknown[], mocked: unknown): string[] {
  const heardOf = recorded.flatMap((body) => choicesIn(schema, body));
  const unheardOf = choicesIn(schema, mocked).filter(
    ({ place, value }) => !heardOf.some((known) => known.place === place && known.value === value),
  );
  return unheardOf.map(
    ({ place, value }) => `${place || "the body"} is ${JSON.stringify(value)}, which was never recorded there`,
  );
}

function placesOf(schema: Schema, at: string): string[] {
  const isChoice = schema.type === "boolean" || schema.enum !== undefined || schema.const !== undefined;
  return [
    ...(isChoice ? [at] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => placesOf(inner, placeOf(at, name))),
    ...(schema.items ? placesOf(schema.items, `${at}[]`) : []),
    ...(schema.anyOf ?? []).flatMap((inner) => placesOf(inner, at)),
  ];
}

/** The plain values within a body. */
function valuesIn(body: unknown, at: string): Choice[] {
  if (Array.isArray(body)) return body.flatMap((item) => valuesIn(item, `${at}[]`));
  if (typeof body !== "object" || body === null) return [{ place: at, value: body }];
  return Object.entries(body).flatMap(([name, value]) => valuesIn(value, placeOf(at, name)));
}

function placeOf(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
