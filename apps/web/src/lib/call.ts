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
import { askForIdentity, canAskForIdentity, identityProofs } from "./identity-question.ts";
import { noteServerTime } from "./server-clock.ts";
import { currentEpoch, isCurrentEpoch } from "./session-epoch.ts";
import { asTurn, watchTurns } from "./session-turns.ts";
import { noteUse } from "./session-use.ts";
import { isStillHere } from "./who-is-here.ts";

/** The server refused, and said why. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | null;
  readonly requestId: string;
  readonly issues: readonly InputIssue[];
  /** From `Retry-After`: how long to wait, if the server said so. */
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

/** No answer came: offline, or nobody is there. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/**
 * Nobody waits for the answer any more: the page was left, the session changed while it was on its way, or the person
 * would rather not prove that it is them. Nothing went wrong, so there is nothing to say.
 */
export class AbortedError extends Error {
  override readonly name = "AbortError";
}

/** Something answered that does not speak our language: a proxy's error page, a captive portal. */
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
    /** The version that is meant to be changed, as `callForVersion` gave it. */
    ifMatch?: string;
    /** Headers beside those of every request. */
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
 * Calls an endpoint of the contract: the only place in the app that speaks HTTP.
 * Throws an `ApiError` for a refusal, a `NetworkError` when no answer came, an `AbortedError` when the signal said so
 * or the session changed while the answer was on its way (see `session-epoch.ts`). What asks for a fresh proof of who
 * is here waits for the person to give it, and then goes on by itself (R69).
 *
 * @example
 * const product = await call(endpoints.products.get, { params: { slug: "field-notes" } });
 */
export async function call<E extends Endpoint>(endpoint: E, ...[given]: Given<E>): Promise<Answer<E>> {
  return (await exchange(endpoint, given)).answer;
}

/** Like `call`, for an endpoint whose answer has a version (an ETag), which a later change has to name. */
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

/** A file that an endpoint answers with, and the name that it is to be saved under. */
export interface AnsweredFile {
  content: Blob;
  name: string;
}

/** Like `call`, for an endpoint whose answer is a file. `name` is what it is called if the answer does not say. */
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
  /** The answer where it is of the type that the contract names in `success.media`. */
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
    // Somebody else is here by now, or nobody: it was not they who asked.
    if (!isCurrentEpoch(epoch)) throw new AbortedError();
    if (!isWorthRepeating) throw error;
    // Refused once more, it is refused.
    return exchangeOnce(endpoint, input, epoch);
  }
}

/** Says of a refusal whether it was about who is here, that is settled by now, and nothing was done so far. */
function watchIdentity({ method, fresh }: Endpoint): (code: ProblemCode) => Promise<boolean> {
  const wasOvertaken = watchTurns();
  const proofs = identityProofs();
  return async (code) => {
    if (code === "unauthenticated") {
      if (await wasOvertaken()) return true;
      // What turns the id itself may have been done, and been overtaken after that by a turn in another tab.
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
  // `fetch` may hand over an answer that had arrived before it was aborted: it is not for whoever is here now.
  if (!isCurrentEpoch(epoch)) throw new AbortedError();

  noteServerTime(response);
  if (response.ok) {
    noteUse(endpoint, input.query);
    if (endpoint.success.body !== null && body === undefined) throw new UnexpectedAnswerError(response.status);
    // Not parsed by its schema: those are strict, and a page left open over an update would refuse a field it has
    // never heard of. That the server answers what the contract says is proven by the server's own tests.
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

async function send(address: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(address, init);
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

/** The answer as a file, if one was asked for and this is it. A proxy's error page is none, and neither is a refusal. */
async function readFile({ success }: Endpoint, response: Response, signal: AbortSignal): Promise<Blob | null> {
  const type = response.headers.get("content-type")?.split(";", 1)[0];
  if (!response.ok || success.media === undefined || type !== success.media) return null;
  try {
    return await response.blob();
  } catch (error) {
    throw asOurs(error, signal);
  }
}

/** From `Content-Disposition`: a plain name in quotes, as our server writes it. */
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
