import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";

const Check = z.enum(["ok", "failing"]);

export const Readiness = z.strictObject({
  status: z.enum(["ok", "unavailable"]),
  checks: z.strictObject({ database: Check, sessions: Check }),
});
export type Readiness = z.infer<typeof Readiness>;

export const healthEndpoints = {
  live: endpoint({
    method: "GET",
    path: "/healthz",
    access: "public",
    summary: "Whether the server is running",
    success: { status: 200, body: z.strictObject({ status: z.literal("ok") }) },
    problems: [],
    never: ["database_unavailable", "internal_error"],
  }),

  ready: endpoint({
    method: "GET",
    path: "/readyz",
    access: "public",
    summary: "Whether the database and the session store can be reached",
    success: { status: 200, body: Readiness },
    otherwise: { 503: Readiness },
    problems: [],
    never: ["database_unavailable", "internal_error"],
  }),
};
