import fc from "fast-check";
import * as z from "zod/mini";

/** The subset of JSON Schema that the contract's schemas use. */
export interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export function jsonSchemaOf(schema: z.ZodMiniType | undefined): JsonSchema | null {
  return schema ? (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema) : null;
}

/** Values that fit a schema. Every text among them contains `mark`, as far as its length allows. */
export function plausible(schema: JsonSchema, mark: string): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (options) return fc.oneof(...options.map((option) => plausible(option, mark)));
  switch (schema.type) {
    case "string":
      return plausibleText(schema, mark);
    case "integer":
    case "number":
      return fc.integer({
        min: Math.ceil(schema.minimum ?? 0),
        max: Math.floor(Math.min(schema.maximum ?? 1000, 2 ** 31)),
      });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(plausible(schema.items ?? {}, mark), { maxLength: 3 });
    case "object": {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, field]) => [name, plausible(field, mark)] as const,
      );
      return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
    }
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function plausibleText({ format, minLength = 0, maxLength = 200 }: JsonSchema, mark: string): fc.Arbitrary<string> {
  return fc.nat({ max: 9999 }).map((number) => {
    if (format === "email") return `${mark}-${number}@example.com`;
    if (format === "uuid") return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    return `${mark} ${number}`.padEnd(minLength, "x").slice(0, maxLength);
  });
}
