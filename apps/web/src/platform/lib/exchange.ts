import { type Endpoint, Problem } from "@yumroad/contract";
import { AbortedError, ApiError, NetworkError, UnexpectedAnswerError } from "./call.ts";
import { takeFirstAnswer } from "./first-answers.ts";

/** The input of a request, without the types of its endpoint. */
export interface LooseInput {
  params?: Record<string, string> | undefined;
  query?: Record<string, string | undefined> | undefined;
  body?: unknown;
  signal?: AbortSignal;
  ifMatch?: string;
  headers?: Record<string, string>;
}

export interface ApiRequest {
  endpoint: Endpoint;
  input: LooseInput;
}

/** A success or a refusal, as it came. */
export interface ApiAnswer {
  response: Response;
  /** The JSON of the answer; undefined without one. */
  body: unknown;
  /** The answer as a file, if it is of the contract's type in `success.media`. */
  file: Blob | null;
}

/** Sends a request. Throws without an answer, and on an answer that is not the server's. */
export type Exchange = (request: ApiRequest) => Promise<ApiAnswer>;

/** Adds its part to every request and answer. */
export type Interceptor = (next: Exchange) => Exchange;

/**
 * The only function in the app that speaks HTTP. Throws a `NetworkError` without an answer, and an `AbortedError` when
 * the signal aborts.
 */
export async function exchange({ endpoint, input }: ApiRequest): Promise<ApiAnswer> {
  const { signal } = input;
  const response = await orOurs(signal, () =>
    fetchOnce(addressOf(endpoint, input), {
      method: endpoint.method,
      ...(signal === undefined ? {} : { signal }),
      headers: headersOf(endpoint, input),
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    }),
  );
  const file = isFile(endpoint, response) ? await orOurs(signal, () => response.blob()) : null;
  const body = file === null ? await orOurs(signal, () => readJson(response)) : undefined;
  return { response, body, file };
}

/** Fetches, unless the document has asked for the same already. */
async function fetchOnce(address: string, init: RequestInit & { method: string }): Promise<Response> {
  // If the document's own request failed, this one may not.
  const answer = await takeFirstAnswer(address, init.method)?.catch(() => null);
  init.signal?.throwIfAborted();
  return answer ?? fetch(address, init);
}

/** Turns every answer that is not a success of the endpoint into an error. */
export const judging: Interceptor = (next) => async (request) => {
  const answer = await next(request);
  const { response, body } = answer;
  if (response.ok) {
    if (request.endpoint.success.body !== null && body === undefined) throw new UnexpectedAnswerError(response.status);
    // Not parsed by its schema: schemas are strict, and a page left open over an update would reject a field that it
    // does not know. The server's own tests prove that its answers fit the contract.
    return answer;
  }
  const problem = Problem.safeParse(body);
  if (!problem.success) throw new UnexpectedAnswerError(response.status);
  throw new ApiError(problem.data, retryAfterOf(response));
};

function headersOf(endpoint: Endpoint, input: LooseInput): Record<string, string> {
  return {
    accept: endpoint.success.media === undefined ? "application/json" : `${endpoint.success.media}, application/json`,
    ...(input.ifMatch === undefined ? {} : { "if-match": input.ifMatch }),
    ...(input.body === undefined ? {} : { "content-type": "application/json" }),
    ...input.headers,
  };
}

function addressOf(endpoint: Endpoint, { params, query }: LooseInput): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, value);
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204 || !/\bjson\b/.test(response.headers.get("content-type") ?? "")) return undefined;
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnexpectedAnswerError(response.status);
    throw error;
  }
}

/** True for the file that was requested. A proxy's error page and a refusal are not files. */
function isFile({ success }: Endpoint, response: Response): boolean {
  const type = response.headers.get("content-type")?.split(";", 1)[0];
  return response.ok && success.media !== undefined && type === success.media;
}

/** Names the browser's errors: the request was aborted, or the network failed. */
async function orOurs<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnexpectedAnswerError) throw error;
    if (signal?.aborted) throw new AbortedError();
    throw new NetworkError("The server can't be reached", { cause: error });
  }
}

function retryAfterOf(response: Response): number | null {
  const value = response.headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, Math.ceil((moment - Date.now()) / 1000));
}
