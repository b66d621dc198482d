import { bodyIn, type DescribedEndpoint, type Schema } from "./description.ts";

type Values = Readonly<Record<string, unknown>>;

/** A request with curl, as far as it can be copied: texts in capitals are the caller's to fill in. */
export function exampleRequest(endpoint: DescribedEndpoint, origin: string): string {
  const { method, path, security, responses, requestBody } = endpoint;
  const url = origin + path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase()) + queryOf(endpoint);
  const body = bodyIn(requestBody?.content);
  const isUnsafe = method !== "GET";
  const codes = Object.values(responses).flatMap((answer) => answer["x-problems"] ?? []);
  const parts = [
    `curl ${method === "GET" || (method === "POST" && body) ? "" : `-X ${method} `}${quoted(url)}`,
    ...(endpoint["x-access"] === "public" ? [] : [security ? "-b cookies.txt" : "-b cookies.txt -c cookies.txt"]),
    // With a cookie, a write has to say that it comes from the shop itself.
    ...(isUnsafe && endpoint["x-access"] !== "public" ? [`-H ${quoted(`Origin: ${origin}`)}`] : []),
    ...(codes.includes("precondition_required") ? [`-H ${quoted('If-Match: "VERSION"')}`] : []),
    ...(body ? [`-H ${quoted(`Content-Type: ${body.media}`)}`, `-d ${quoted(dataOf(endpoint, body.schema))}`] : []),
  ];
  return parts.join(" \\\n  ");
}

function queryOf({ parameters }: DescribedEndpoint): string {
  const required = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  return required.length === 0 ? "" : `?${required.map(({ name }) => `${name}=${name.toUpperCase()}`).join("&")}`;
}

function dataOf({ responses }: DescribedEndpoint, schema: Schema | undefined): string {
  if (schema === undefined) return "BODY";
  const success = bodyIn(Object.values(responses)[0]?.content)?.example;
  const values = typeof success === "object" && success !== null ? (success as Values) : {};
  return JSON.stringify(exampleOf(schema, "value", values), null, 2);
}

/** A value that fits the schema, where possible the one that the endpoint's recorded answer has under this name. */
function exampleOf(schema: Schema, name: string, values: Values): unknown {
  const one = (schema.anyOf ?? schema.oneOf)?.[0];
  if (one !== undefined) return exampleOf(one, name, values);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object") return objectOf(schema, values);
  if (schema.type === "array") return schema.items ? [exampleOf(schema.items, name, values)] : [];
  const known = values[name];
  if (typeof known === (schema.type === "integer" ? "number" : schema.type)) return known;
  if (schema.type === "integer" || schema.type === "number") return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === "boolean") return true;
  return schema.format === "email" ? "mira@example.com" : name.toUpperCase();
}

function objectOf({ properties = {}, required = [] }: Schema, values: Values): Record<string, unknown> {
  const names = Object.keys(properties);
  // A change names what is changed: of several optional fields, one shows how.
  const shown = required.length > 0 ? names.filter((name) => required.includes(name)) : names.slice(0, 1);
  return Object.fromEntries(shown.map((name) => [name, exampleOf(properties[name] ?? {}, name, values)]));
}

/** A word for the shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
