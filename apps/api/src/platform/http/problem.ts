import { type FieldFault, issueOf, type Problem, type ProblemCode, problems } from "@yumroad/contract";
import type { ErrorRequestHandler, Request, Response } from "express";
import { isAccountGone, isDatabaseOutOfReach } from "../db/faults.ts";
import { HashQueueFull } from "../lib/password-hasher.ts";
import { SessionStoreUnavailable } from "../sessions/session-store.ts";

interface ProblemDetails {
  issues?: FieldFault[];
  detail?: string;
  /** Seconds, for the `Retry-After` header. */
  retryAfter?: number;
  headers?: Record<string, string>;
}

/** An error answer that the contract names. Handlers throw or return it, and only this file turns it into HTTP. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(problems[code].title);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}

/** Makes the refusal for a used-up limit, with the time after which the limit opens again. */
export function tooManyTries(retryAfterMs: number): Refusal {
  return new Refusal("rate_limited", { retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1000)) });
}

/**
 * Express's last handler, which answers every error as a problem (RFC 9457). An unexpected error reveals only the
 * request id.
 */
export const answerProblem: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const refusal = toRefusal(error);
  if (refusal.code === "internal_error" || refusal.code === "database_unavailable")
    req.log.error({ err: describe(error) }, "request failed");
  // A part of the answer has been sent, so Express only ends the connection: the client must not take this part for the
  // whole answer.
  if (res.headersSent) return next(error);
  sendProblem(req, res, refusal);
};

function sendProblem(req: Request, res: Response, { code, details }: Refusal): void {
  const { status, title } = problems[code];
  const { issues, detail, retryAfter, headers } = details;
  if (retryAfter !== undefined) res.set("Retry-After", String(retryAfter));
  if (code === "unauthenticated") res.set("WWW-Authenticate", 'Session realm="yumroad"');
  // Removes headers that were set for the answer which failed.
  for (const name of ["ETag", "Last-Modified", "Content-Disposition"]) res.removeHeader(name);
  res.set({ "Cache-Control": "no-store", ...headers });
  const problem: Problem = {
    type: "about:blank",
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    requestId: String(req.id),
    ...(issues !== undefined && { issues: issues.map(issueOf) }),
  };
  res.status(status).type("application/problem+json").send(JSON.stringify(problem));
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof SessionStoreUnavailable) return new Refusal("session_store_unavailable", { retryAfter: 2 });
  if (error instanceof HashQueueFull) return new Refusal("overloaded", { retryAfter: 2 });
  if (isDatabaseOutOfReach(error)) return new Refusal("database_unavailable", { retryAfter: 2 });
  if (isAccountGone(error)) return new Refusal("unauthenticated");
  // Express could not decode a parameter of the path, so nothing has this address.
  if (error instanceof URIError) return new Refusal("not_found");
  return new Refusal("internal_error");
}

/** The parts of an error that may be logged: never data attached to the error, such as a request's body. */
function describe(error: unknown): { type: string; message: string; stack?: string | undefined } {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an Error" };
  return { type: error.constructor.name, message: error.message, stack: error.stack };
}
