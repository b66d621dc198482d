import { apiDocsWords as words } from "../../words/api-docs.ts";
import { type Html, html } from "../lib/html.ts";
import type { Schema } from "./description.ts";

/** Renders the fields of a JSON schema as a list, with the fields of objects in them as lists within. */
export function renderSchema(schema: Schema): Html {
  const fields = fieldsOf(schema);
  if (fields !== null) return fields;
  return html`<p class="type">${typeOf(schema)}</p>${within(schema)}`;
}

/** Renders one named value: a field of an object, or a parameter. */
export function renderField(name: string, schema: Schema, isRequired: boolean): Html {
  return html`<li><code class="field">${name}</code> <span class="type">${typeOf(schema)}${
    isRequired ? null : html`, ${words.optional}`
  }</span>${within(schema)}</li>`;
}

function fieldsOf({ properties, required = [] }: Schema): Html | null {
  if (properties === undefined) return null;
  const fields = Object.entries(properties);
  if (fields.length === 0) return null;
  return html`<ul class="fields">${fields.map(([name, field]) => renderField(name, field, required.includes(name)))}</ul>`;
}

/** The fields of what a value consists of: of the object itself, of a list's items, of each alternative. */
function within(schema: Schema): Html | null {
  const inner = schema.items ?? schema;
  const objects = alternativesOf(inner).filter((one) => one.type === "object");
  if (objects.length <= 1) return fieldsOf(objects[0] ?? inner);
  return html`<ul class="fields">${objects.map((one) => html`<li><span class="type">${words.either}</span>${fieldsOf(one)}</li>`)}</ul>`;
}

function alternativesOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

/** A type in words: "string (email), 3 to 254 characters, or null". */
function typeOf(schema: Schema): string {
  const names = alternativesOf(schema).map(nameOf);
  const given = schema.default === undefined ? "" : `, ${words.byDefault(JSON.stringify(schema.default))}`;
  return [...new Set(names)].join(` ${words.or} `) + given;
}

function nameOf(schema: Schema): string {
  if (schema.anyOf ?? schema.oneOf) return typeOf(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(` ${words.or} `);
  if (schema.type === "array") return words.list(schema.items ? typeOf(schema.items) : words.anything);
  const format = schema.format ? ` (${schema.format})` : "";
  const types = [schema.type ?? words.anything].flat().join(` ${words.or} `);
  return [types + format, ...boundsOf(schema)].join(", ");
}

function boundsOf({ type, minLength, maxLength, minimum, maximum }: Schema): string[] {
  if (type === "string") return boundOf(minLength, maxLength, words.characters);
  // The bounds of safe integers are no rule of the shop.
  const isFree = (bound: number | undefined) => bound !== undefined && Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  return boundOf(isFree(minimum) ? undefined : minimum, isFree(maximum) ? undefined : maximum, String);
}

function boundOf(least: number | undefined, most: number | undefined, say: (range: string) => string): string[] {
  if (least === undefined && most === undefined) return [];
  if (most === undefined) return [say(words.atLeast(least ?? 0))];
  if (least === undefined || least === 0) return [say(words.atMost(most))];
  return [say(least === most ? String(most) : words.between(least, most))];
}
