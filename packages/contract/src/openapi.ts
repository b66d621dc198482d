import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";

export const openapiEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/openapi.json",
    access: "public",
    summary: "This API as an OpenAPI 3.1 document",
    success: { status: 200, body: z.looseObject({ openapi: z.string() }) },
    cache: "shared",
    problems: [],
    never: ["database_unavailable", "internal_error"],
  }),
};
