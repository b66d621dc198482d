import { isDeepStrictEqual } from "node:util";
import {
  allEndpoints,
  type Endpoint,
  needsSession,
  Problem,
  type ProblemCode,
  problemCodes,
  problems,
  problemsOf,
} from "@yumroad/contract";
import { recordings, recordingsOf } from "@yumroad/contract/recordings";
import * as z from "zod/mini";

type Json = Record<string, unknown>;

type ApiDescription = Json & { openapi: string; info: Json & { title: string }; paths: Record<string, Json> };

/**
 * Describes the contract as an OpenAPI 3.1 document, from the same table of endpoints from which the routes are made.
 */
export function describeApi(title: string): ApiDescription {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of allEndpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeEndpoint(name, endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version: "0.1.0", description: "A store for digital products that anyone can host." },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, "output") },
      examples: sharedExamples,
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "__Host-yumroad" } },
    },
  };
}

function describeEndpoint(name: string, endpoint: Endpoint): Json {
  return {
    operationId: name,
    tags: [tagOf(endpoint.path)],
    summary: endpoint.summary,
    "x-access": endpoint.access,
    ...(endpoint.whose && { "x-whose": endpoint.whose }),
    ...(endpoint.fresh && { "x-fresh": true }),
    ...(needsSession(endpoint) && { security: [{ session: [] }] }),
    parameters: [...describeParameters(endpoint.params, "path"), ...describeParameters(endpoint.query, "query")],
    ...describeBody(endpoint),
    responses: describeAnswers(endpoint),
  };
}

function describeBody({ body, rawBody }: Endpoint): Json {
  if (rawBody)
    return { requestBody: { required: true, content: Object.fromEntries(rawBody.media.map((media) => [media, {}])) } };
  return body ? { requestBody: { required: true, content: json(schemaOf(body, "input")) } } : {};
}

/** The noun in an endpoint's path, by which the documentation page groups endpoints. */
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

function describeAnswers(endpoint: Endpoint): Json {
  const { success, otherwise = {} } = endpoint;
  const answers: Json = { [success.status]: describeSuccess(endpoint) };
  for (const [status, body] of Object.entries(otherwise)) {
    answers[status] = describeAnswer("Otherwise", body, examplesOf(endpoint, `otherwise ${status}`));
  }
  for (const [status, codes] of Map.groupBy(problemsOf(endpoint), (code) => problems[code].status)) {
    const before = (answers[status] as { description?: string })?.description;
    const description = [before, ...codes.map(titleOf)].filter(Boolean).join("; ");
    const schema = { $ref: "#/components/schemas/Problem" };
    const examples = Object.assign({}, ...codes.map((code) => examplesOf(endpoint, code)));
    const content = { "application/problem+json": { schema, ...shown(examples) } };
    answers[status] = { description, "x-problems": codes, content };
  }
  return answers;
}

function describeSuccess(endpoint: Endpoint): Json {
  const { body, media } = endpoint.success;
  if (media) return { description: "Success", content: { [media]: {} } };
  return describeAnswer("Success", body, examplesOf(endpoint, "success"));
}

function describeAnswer(description: string, body: z.ZodMiniType | null, examples: Json): Json {
  if (body === null) return { description };
  return { description, content: { "application/json": { schema: schemaOf(body, "output"), ...shown(examples) } } };
}

/** The recorded answers of an endpoint for one outcome, by the name of the recording. */
function examplesOf(endpoint: Endpoint, outcome: string): Json {
  const recorded = recordingsOf(endpoint, outcome).filter(([, { body }]) => body !== undefined);
  return Object.fromEntries(
    recorded.map(([name, { body }]) => {
      const isShared = isDeepStrictEqual(body, sharedExamples[name]?.value);
      return [name, isShared ? { $ref: `#/components/examples/${name}` } : { value: body }];
    }),
  );
}

/**
 * Example answers under `components/examples`, by problem code: for each code recorded for more than one endpoint, the
 * first recording. An endpoint with an equal recording refers to this example with `$ref`.
 */
const sharedExamples: Record<string, { value: unknown }> = Object.fromEntries(
  problemCodes.flatMap((code) => {
    const recorded = Object.values(recordings).flatMap((all) => all[code]?.body ?? []);
    return recorded.length > 1 ? [[code, { value: recorded[0] }]] : [];
  }),
);

function shown(examples: Json): Json {
  return Object.keys(examples).length > 0 ? { examples } : {};
}

function titleOf(code: ProblemCode): string {
  return `${problems[code].title} (${code})`;
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodMiniType, io: "input" | "output"): Json {
  // Zod can't describe the result of a transformation; `unrepresentable: "any"` accepts any value there.
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" });
  return described;
}
