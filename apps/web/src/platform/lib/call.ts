import type { QueryClient } from "@tanstack/react-query";
import type { Answer, BodyInput, Endpoint, ParamsInput, QueryInput } from "@yumroad/contract";
import { UnexpectedAnswerError } from "./api-errors.ts";
import type { ApiAnswer, LooseInput } from "./exchange.ts";
import { exchangeOf } from "./query-client.ts";

export { AbortedError, ApiError, NetworkError, UnexpectedAnswerError } from "./api-errors.ts";

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
  return exchangeOf(client)({ endpoint, input: (given as LooseInput | undefined) ?? {} });
}

/** The name in `Content-Disposition`, which the server quotes. */
function nameOf(response: Response): string | null {
  return /filename="([^"\\/]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null;
}
