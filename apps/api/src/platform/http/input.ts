import { type Endpoint, type FieldFault, fault, isWellFormed } from "@yumroad/contract";
import type { Request } from "express";
import * as z from "zod/mini";
import { Refusal } from "./problem.ts";

const MAX_ISSUES = 50;
const NoBody = z.optional(z.strictObject({}));
const NoQuery = z.strictObject({});

/**
 * Checks the parameters of the path. A malformed parameter can't name an existing object, so the answer is 404 for
 * every caller.
 */
export function checkParams(endpoint: Endpoint, req: Request): unknown {
  if (!endpoint.params) return undefined;
  const { value, issues } = check(endpoint.params, req.params, []);
  if (issues.length > 0) throw new Refusal("not_found");
  return value;
}

/** Checks the query and the JSON body against the contract. A raw body is checked by the handler. */
export function checkInput(endpoint: Endpoint, req: Request, body: unknown): { query: unknown; body: unknown } {
  const query = check(endpoint.query ?? NoQuery, req.query, ["query"]);
  const checkedBody = endpoint.rawBody ? { value: body, issues: [] } : check(endpoint.body ?? NoBody, body, []);
  // Limited to MAX_ISSUES: otherwise the answer to a body full of errors would be far longer than the body.
  const issues = [...query.issues, ...checkedBody.issues].slice(0, MAX_ISSUES);
  if (issues.length > 0) throw new Refusal("invalid_input", { issues });
  return { query: query.value, body: checkedBody.value };
}

function check(schema: z.ZodMiniType, input: unknown, under: string[]): { value: unknown; issues: FieldFault[] } {
  const result = z.safeParse(schema, input);
  if (result.success) return { value: result.data, issues: [] };
  const issues = result.error.issues.flatMap((issue): FieldFault[] => {
    const path = [...under, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, printable(key)], message: fault("unknown_field") }));
  });
  return { value: undefined, issues };
}

/** Makes a field's name safe to send back, because a sender can use any text as a name. */
function printable(key: string): string {
  return isWellFormed(key) ? key.slice(0, 100) : "?";
}
