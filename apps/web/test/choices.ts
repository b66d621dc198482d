import * as z from "zod/mini";

interface Schema {
  type?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

/**
 * Where a body leaves a choice between few values, as its schema says: a yes or no, a status, a kind. Such a value means
 * something by itself.
 *
 * @example
 * choicePlaces(z.strictObject({ items: z.array(z.strictObject({ isOpen: z.boolean() })) })); // Set { "items[].isOpen" }
 */
export function choicePlaces(schema: z.ZodMiniType): ReadonlySet<string> {
  return new Set(placesOf(z.toJSONSchema(schema, { unrepresentable: "any" }) as Schema, ""));
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

function placeOf(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
