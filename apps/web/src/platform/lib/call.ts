import {
  type Answer,
  type BodyInput,
  type Endpoint,
  type InputIssue,
  type ParamsInput,
  Problem,
  type ProblemCode,
  type QueryInput,
} from "@yumroad/contract";
import { takeFirstAnswer } from "./first-answers.ts";
import { askForIdentity, canAskForIdentity, identityProofs } from "./identity-question.ts";
import { noteServerTime } from "./server-clock.ts";
import { currentEpoch, isCurrentEpoch } from "./session-epoch.ts";
import { asTurn, watchTurns } from "./session-turns.ts";
import { noteUse } from "./session-use.ts";
import { isStillHere } from "./who-is-here.ts";

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

type Given<E extends Endpoint> =
  Partial<CallInput<E>> extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

interface LooseInput {
  params?: Record<string, string> | undefined;
  query?: Record<string, string | undefined> | undefined;
  body?: unknown;
  signal?: AbortSignal;
  ifMatch?: string;
  headers?: Record<string, string>;
}

/**
 * Calls an endpoint of the contract: the only place in the app that speaks HTTP. Throws an `ApiError` for a refusal, a
 * `NetworkError` without an answer, and an `AbortedError` when the signal aborts or the session changes meanwhile (see
 * `session-epoch.ts`). A request that requires a fresh login waits for the user's re-authentication and then continues
 * by itself (R69).
 *
 * @example
 * const product = await call(endpoints.products.get, { params: { slug: "field-notes" } });
 */
export async function call<E extends Endpoint>(endpoint: E, ...[given]: Given<E>): Promise<Answer<E>> {
  return (await exchange(endpoint, given)).answer;
}

/** Like `call`, for an endpoint whose answer has a version (an ETag) that a later change has to name. */
export async function callForVersion<E extends Endpoint>(
  endpoint: E,
  ...[given]: Given<E>
): Promise<{ answer: Answer<E>; version: string }> {
  const { answer, response } = await exchange(endpoint, given);
  const version = response.headers.get("etag");
  if (version === null) throw new UnexpectedAnswerError(response.status);
  return { answer, version };
}

type FileEndpoint = Endpoint & { success: { media: string } };

/** A file that an endpoint returns, and its name. */
export interface AnsweredFile {
  content: Blob;
  name: string;
}

/** Like `call`, for an endpoint that returns a file. `name` is used if the answer has no name. */
export async function callForFile<E extends FileEndpoint>(
  endpoint: E,
  name: string,
  ...[given]: Given<E>
): Promise<AnsweredFile> {
  const { file, response } = await exchange(endpoint, given);
  if (file === null) throw new UnexpectedAnswerError(response.status);
  return { content: file, name: nameOf(response) ?? name };
}

interface Exchange<E extends Endpoint> {
  answer: Answer<E>;
  /** The answer as a file, if it is of the contract's type in `success.media`. */
  file: Blob | null;
  response: Response;
}

async function exchange<E extends Endpoint>(endpoint: E, given: unknown): Promise<Exchange<E>> {
  const input: LooseInput = (given as LooseInput | undefined) ?? {};
  const epoch = currentEpoch();
  const isSettled = watchIdentity(endpoint);
  try {
    return await exchangeOnce(endpoint, input, epoch);
  } catch (error) {
    const isWorthRepeating = error instanceof ApiError && (await isSettled(error.code));
    // Another user is logged in by now, or none, so the answer is not for them.
    if (!isCurrentEpoch(epoch)) throw new AbortedError();
    if (!isWorthRepeating) throw error;
    // A second refusal is final.
    return exchangeOnce(endpoint, input, epoch);
  }
}

/** Returns whether a refusal was about the session, that is resolved by now, and nothing was done so far. */
function watchIdentity({ method, fresh }: Endpoint): (code: ProblemCode) => Promise<boolean> {
  const wasOvertaken = watchTurns();
  const proofs = identityProofs();
  return async (code) => {
    if (code === "unauthenticated") {
      if (await wasOvertaken()) return true;
      // A request that rotates the session may have succeeded and then been overtaken by a rotation in another tab.
      return (await isStillHere()) && (method === "GET" || !fresh);
    }
    if (code !== "reauth_required" || !canAskForIdentity()) return false;
    if (await askForIdentity(proofs)) return true;
    throw new AbortedError();
  };
}

async function exchangeOnce<E extends Endpoint>(
  endpoint: E,
  input: LooseInput,
  epoch: AbortController,
): Promise<Exchange<E>> {
  const exchanged = () => sendAndRead(endpoint, input, epoch);
  return endpoint.method !== "GET" && endpoint.access !== "public" ? asTurn(exchanged) : exchanged();
}

async function sendAndRead<E extends Endpoint>(
  endpoint: E,
  input: LooseInput,
  epoch: AbortController,
): Promise<Exchange<E>> {
  const signal = input.signal ? AbortSignal.any([input.signal, epoch.signal]) : epoch.signal;

  const response = await send(addressOf(endpoint, input), {
    method: endpoint.method,
    signal,
    headers: {
      accept: endpoint.success.media === undefined ? "application/json" : `${endpoint.success.media}, application/json`,
      ...(input.ifMatch === undefined ? {} : { "if-match": input.ifMatch }),
      ...(input.body === undefined ? {} : { "content-type": "application/json" }),
      ...input.headers,
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  const file = await readFile(endpoint, response, signal);
  const body = file === null ? await read(response, signal) : undefined;
  // `fetch` may return an answer that arrived before the abort: it is not for the current user.
  if (!isCurrentEpoch(epoch)) throw new AbortedError();

  noteServerTime(response);
  if (response.ok) {
    noteUse(endpoint, input.query);
    if (endpoint.success.body !== null && body === undefined) throw new UnexpectedAnswerError(response.status);
    // Not parsed by its schema: schemas are strict, and a page left open over an update would reject a field that it
    // does not know. The server's own tests prove that its answers fit the contract.
    return { answer: body as Answer<E>, file, response };
  }
  const problem = Problem.safeParse(body);
  if (!problem.success) throw new UnexpectedAnswerError(response.status);
  throw new ApiError(problem.data, retryAfterOf(response));
}

function addressOf(endpoint: Endpoint, { params, query }: LooseInput): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, value);
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function send(address: string, init: RequestInit & { signal: AbortSignal; method: string }): Promise<Response> {
  try {
    const taken = takeFirstAnswer(address, init.method);
    const answer = taken === null ? null : await taken.catch(() => null);
    init.signal.throwIfAborted();
    return answer ?? (await fetch(address, init));
  } catch (error) {
    throw asOurs(error, init.signal);
  }
}

async function read(response: Response, signal: AbortSignal): Promise<unknown> {
  if (response.status === 204 || !/\bjson\b/.test(response.headers.get("content-type") ?? "")) return undefined;
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnexpectedAnswerError(response.status);
    throw asOurs(error, signal);
  }
}

/** The answer as a file if one was requested. A proxy's error page and a refusal are not files. */
async function readFile({ success }: Endpoint, response: Response, signal: AbortSignal): Promise<Blob | null> {
  const type = response.headers.get("content-type")?.split(";", 1)[0];
  if (!response.ok || success.media === undefined || type !== success.media) return null;
  try {
    return await response.blob();
  } catch (error) {
    throw asOurs(error, signal);
  }
}

/** The name in `Content-Disposition`, which the server quotes. */
function nameOf(response: Response): string | null {
  return /filename="([^"\\/]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null;
}

function asOurs(error: unknown, signal: AbortSignal): Error {
  return signal.aborted ? new AbortedError() : new NetworkError("The server can't be reached", { cause: error });
}

function retryAfterOf(response: Response): number | null {
  const value = response.headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, Math.ceil((moment - Date.now()) / 1000));
}
