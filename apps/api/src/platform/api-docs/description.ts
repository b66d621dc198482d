import type { Access, ProblemCode } from "@yumroad/contract";

/** The parts of a JSON schema of which the contract's schemas consist. */
export interface Schema {
  type?: string | readonly string[];
  format?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: unknown;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: Schema;
}

type Content = Readonly<Record<string, { schema?: Schema; examples?: Readonly<Record<string, { value?: unknown }>> }>>;

export interface Answer {
  description: string;
  content?: Content;
  "x-problems"?: readonly ProblemCode[];
}

/** What the OpenAPI document says of one endpoint (`platform/http/openapi.ts`). */
export interface Operation {
  operationId: string;
  tags: readonly [string];
  summary: string;
  parameters: readonly Parameter[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, Answer>>;
  security?: unknown;
  "x-access": Access;
  "x-whose"?: "own";
  "x-fresh"?: true;
}

/** An endpoint with its address. */
export interface DescribedEndpoint extends Operation {
  method: string;
  path: string;
}

/** The endpoints of the OpenAPI document, in its order. */
export function endpointsIn(description: { paths: Readonly<Record<string, object>> }): DescribedEndpoint[] {
  return Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]: [string, Operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** The JSON schema and an example of a request's or an answer's body; `media` alone if it is not JSON. */
export function bodyIn(content: Content | undefined): { media: string; schema?: Schema; example?: unknown } | null {
  const [media, described] = Object.entries(content ?? {})[0] ?? [];
  if (media === undefined || described === undefined) return null;
  const [example] = Object.values(described.examples ?? {});
  return { media, ...(described.schema && { schema: described.schema }), example: example?.value };
}
