import type { InputIssue, Problem, ProblemCode } from "@yumroad/contract";

/** A refusal by the server, with its reason. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | null;
  readonly requestId: string;
  readonly issues: readonly InputIssue[];
  /** Seconds to wait, from `Retry-After`, or null. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(problem.title);
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail ?? null;
    this.requestId = problem.requestId;
    this.issues = problem.issues ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer came: offline, or the server is unreachable. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/**
 * The answer is no longer wanted: the page was left, the session changed meanwhile, or the user cancelled a
 * re-authentication. This is not a failure, so nothing is shown.
 */
export class AbortedError extends Error {
  override readonly name = "AbortError";
}

/** An answer in another format: a proxy's error page, a captive portal. */
export class UnexpectedAnswerError extends Error {
  override readonly name = "UnexpectedAnswerError";
  readonly status: number;
  constructor(status: number) {
    super(`Unexpected answer (${status})`);
    this.status = status;
  }
}
