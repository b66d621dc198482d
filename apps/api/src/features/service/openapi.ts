import {
  type Endpoint,
  endpoints,
  needsUser,
  Problem,
  type ProblemCode,
  problems,
  problemsOf,
} from "@yumroad/contract";
import * as z from "zod/mini";

type Json = Record<string, unknown>;

/** The contract as an OpenAPI 3.1 document, made from the same table that the routes are made from. */
export function describeApi(): Json & { openapi: string } {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeEndpoint(name, endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Yumroad", version: "0.1.0", description: "A store for digital products that anyone can host." },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, "output") },
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-yumroad" } },
    },
  };
}

function describeEndpoint(name: string, endpoint: Endpoint): Json {
  const needsSession = endpoint.access === "half" || needsUser(endpoint);
  return {
    operationId: name,
    tags: [tagOf(endpoint.path)],
    summary: endpoint.summary,
    "x-access": endpoint.access,
    ...(needsSession && { security: [{ session: [] }] }),
    parameters: [...describeParameters(endpoint.params, "path"), ...describeParameters(endpoint.query, "query")],
    ...(endpoint.body && { requestBody: { required: true, content: json(schemaOf(endpoint.body, "input")) } }),
    responses: describeAnswers(endpoint),
  };
}

/** The noun that an address is about: what the page groups by. */
function tagOf(path: string): string {
  const [, place = "", noun = ""] = path.split("/");
  return place === "api" && !noun.includes(".") ? noun : "service";
}

function describeParameters(schema: z.ZodMiniType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function describeAnswers({ success, otherwise = {}, ...endpoint }: Endpoint): Json {
  const { status, body, media } = success;
  const answers: Json = {
    [status]: media ? { description: "Success", content: { [media]: {} } } : describeAnswer("Success", body),
  };
  for (const [status, body] of Object.entries(otherwise)) answers[status] = describeAnswer("Otherwise", body);
  const isApi = endpoint.path.startsWith("/api/");
  for (const code of isApi ? problemsOf({ success, otherwise, ...endpoint }) : []) {
    const status = String(problems[code].status);
    const description = [(answers[status] as { description?: string })?.description, titleOf(code)]
      .filter(Boolean)
      .join("; ");
    answers[status] = {
      description,
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return answers;
}

function describeAnswer(description: string, body: z.ZodMiniType | null): Json {
  return body === null ? { description } : { description, content: json(schemaOf(body, "output")) };
}

function titleOf(code: ProblemCode): string {
  return `${problems[code].title} (${code})`;
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodMiniType, io: "input" | "output"): Json {
  // A transformed value has no schema of its own: what it is made from is described instead.
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" });
  return described;
}
