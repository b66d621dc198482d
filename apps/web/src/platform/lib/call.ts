import { QueryClient, type QueryClientConfig } from "@tanstack/react-query";
import type {
  Answer,
  BodyInput,
  Endpoint,
  InputIssue,
  ParamsInput,
  Problem,
  ProblemCode,
  QueryInput,
} from "@yumroad/contract";
import type { ApiAnswer, Exchange, LooseInput } from "./exchange.ts";

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

/** A query client that carries the way to the server, so that query and mutation functions need nothing else. */
export class ApiClient extends QueryClient {
  readonly exchange: Exchange;

  constructor(exchange: Exchange, config: QueryClientConfig) {
    super(config);
    this.exchange = exchange;
  }
}

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { [name in Name]?: undefined }
  : Record<string, never> extends Value
    ? { [name in Name]?: Value }
    : { [name in Name]: Value };

type CallInput<E extends Endpoint> = Part<"params", ParamsInput<E>> &
  Part<"query", QueryInput<E>> &
  Part<"body", BodyInput<E>> & {
    signal?: AbortSignal;
    /** The version to change, as returned by `callForVersion`. */
    ifMatch?: string;
    /** Headers in addition to those of every request. */
    headers?: Record<string, string>;
  };

/** The last argument of a call; it may be left out if the endpoint needs no input. */
export type Given<E extends Endpoint> =
  Partial<CallInput<E>> extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

/**
 * Calls an endpoint of the contract. The query client carries the way to the server: every query and mutation function
 * gets it as `client`, and no module holds one. Throws an `ApiError` for a refusal, a `NetworkError` without an answer,
 * and an `AbortedError` when the signal aborts or the session changes meanwhile (see `session/transport.ts`). A request
 * that requires a fresh login waits for the user's re-authentication and then continues by itself (R69).
 *
 * @example
 * queryFn: ({ client, signal }) => call(client, endpoints.products.get, { params: { slug: "field-notes" }, signal })
 */
export async function call<E extends Endpoint>(
  client: QueryClient,
  endpoint: E,
  ...[given]: Given<E>
): Promise<Answer<E>> {
  return (await send(client, endpoint, given)).body as Answer<E>;
}

/** Like `call`, for an endpoint whose answer has a version (an ETag) that a later change has to name. */
export async function callForVersion<E extends Endpoint>(
  client: QueryClient,
  endpoint: E,
  ...[given]: Given<E>
): Promise<{ answer: Answer<E>; version: string }> {
  const { body, response } = await send(client, endpoint, given);
  const version = response.headers.get("etag");
  if (version === null) throw new UnexpectedAnswerError(response.status);
  return { answer: body as Answer<E>, version };
}

type FileEndpoint = Endpoint & { success: { media: string } };

/** A file that an endpoint returns, and its name. */
export interface AnsweredFile {
  content: Blob;
  name: string;
}

/** Like `call`, for an endpoint that returns a file. `name` is used if the answer has no name. */
export async function callForFile<E extends FileEndpoint>(
  client: QueryClient,
  endpoint: E,
  name: string,
  ...[given]: Given<E>
): Promise<AnsweredFile> {
  const { file, response } = await send(client, endpoint, given);
  if (file === null) throw new UnexpectedAnswerError(response.status);
  return { content: file, name: nameOf(response) ?? name };
}

function send(client: QueryClient, endpoint: Endpoint, given: unknown): Promise<ApiAnswer> {
  if (!(client instanceof ApiClient))
    throw new Error("This query client has no way to the server: use createQueryClient()");
  return client.exchange({ endpoint, input: (given as LooseInput | undefined) ?? {} });
}

/** The name in `Content-Disposition`, which the server quotes. */
function nameOf(response: Response): string | null {
  return /filename="([^"\\/]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null;
}
