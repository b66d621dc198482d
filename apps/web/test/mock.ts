import { type Answer, type Body, type Endpoint, type ProblemCode, problemCodes, problemsOf } from "@yumroad/contract";
import { type Recording, recordingsOf } from "@yumroad/contract/recordings";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { choicePlaces } from "./choices.ts";
import { differences, nearest } from "./likeness.ts";

export const server = setupServer();

/** What was sent to a mocked endpoint. */
export interface Seen<E extends Endpoint> {
  body: Body<E>;
  params: Record<string, string>;
  query: URLSearchParams;
  ifMatch: string | null;
  headers: Headers;
}

interface Success<E extends Endpoint> {
  status: E["success"]["status"];
  body: E["success"]["body"] extends null ? null : Answer<E>;
  /** The ETag of the answer, where another one than the recorded is wanted. */
  version?: string;
  /** What is in the file that the answer is, where it is one. */
  file?: { content: string };
}

export interface Refusal {
  refusal: ProblemCode;
  /** Which one, where there are several: what stands behind the colon in the recording's name. */
  variant?: string;
  /** Whole seconds to wait, in place of the recorded ones. */
  retryAfter?: number;
}

export type Reply<E extends Endpoint> = Success<E> | Refusal | "no answer";

let faults: unknown[] = [];

/** The mocks that did not fit the contract, or were like no recording, since the last time this was asked. */
export function takeFaults(): unknown[] {
  const taken = faults;
  faults = [];
  return taken;
}

/**
 * Answers an endpoint of the contract until the end of the test, as the server does: refusals are recordings of it, and
 * a success has to be like one of them (`packages/contract/recordings`): of its form, and with the same yes or no, status or
 * kind at every place. Anything else fails the test, at once where the reply is fixed, else when it is asked for; so does a
 * request that the contract refuses. Gives back what was asked, in order.
 *
 * @example
 * const asked = mock(endpoints.auth.login, { refusal: "invalid_credentials" });
 */
export function mock<E extends Endpoint>(
  endpoint: E,
  reply: Reply<E> | ((seen: Seen<E>) => Reply<E> | Promise<Reply<E>>),
): Seen<E>[] {
  const asked: Seen<E>[] = [];
  const isFixed = typeof reply !== "function";
  const isUnfit = isFixed && !fits(endpoint, reply);
  const method = endpoint.method.toLowerCase() as Lowercase<E["method"]>;
  server.use(
    http[method](endpoint.path, async ({ request, params }) => {
      try {
        const text = await request.clone().text();
        const query = new URL(request.url).searchParams;
        const body: unknown = endpoint.body?.parse(JSON.parse(text));
        endpoint.query?.parse(Object.fromEntries(query));
        endpoint.params?.parse(params);
        const ifMatch = request.headers.get("if-match");
        if (ifMatch === null && problemsOf(endpoint).includes("precondition_required")) {
          throw new Error(`${nameOf(endpoint)} is asked without If-Match`);
        }
        const seen = { body, params, query, ifMatch, headers: request.headers } as unknown as Seen<E>;
        asked.push(seen);
        if (isUnfit) return HttpResponse.error();
        return respond(endpoint, isFixed ? reply : await reply(seen));
      } catch (error) {
        faults.push(error);
        return HttpResponse.error();
      }
    }),
  );
  return asked;
}

/**
 * Answers in the server's place until the end of the test, as a proxy on the way does, or the page of a wifi. What could
 * be taken for an answer of the server itself fails the test: that is for `mock` to say.
 */
export function interfere(endpoint: Endpoint, answer: () => Response): void {
  const method = endpoint.method.toLowerCase() as Lowercase<Endpoint["method"]>;
  server.use(
    http[method](endpoint.path, async () => {
      const response = answer();
      if (!(await couldBeOurs(endpoint, response.clone()))) return response;
      faults.push(
        new Error(`${nameOf(endpoint)} is interfered with by an answer that could be the server's: use mock`),
      );
      return HttpResponse.error();
    }),
  );
}

/**
 * JSON is, unless it is a refusal of another version, with a code that we don't know; so is the bare status of a success,
 * and a file with its name.
 */
async function couldBeOurs({ success }: Endpoint, response: Response): Promise<boolean> {
  if (response.ok && response.headers.has("content-disposition")) return true;
  const text = await response.text();
  if (text === "") return response.status === success.status;
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return response.ok || code === undefined || problemCodes.some((known) => known === code);
  } catch {
    return false;
  }
}

/** Sees every request until the end of the test, before it is answered. */
export function watchRequests(see: (request: Request) => void): void {
  server.use(
    http.all("*", ({ request }) => {
      // Whatever it gives back: an answer is for `mock` to give.
      see(request);
    }),
  );
}

/** A success as the server gave it to its own tests. */
export function recorded<E extends Endpoint>(endpoint: E, name = "success"): Answer<E> {
  const found = recordingsOf(endpoint, "success").find(([known]) => known === name);
  if (!found) throw new Error(`There is no recording “${name}” of ${nameOf(endpoint)}`);
  return structuredClone(found[1].body) as Answer<E>;
}

/** Whether the server answers so; what does not fit is kept for the end of the test. */
function fits(endpoint: Endpoint, answer: Reply<Endpoint>): boolean {
  try {
    respond(endpoint, answer);
    return true;
  } catch (error) {
    faults.push(error);
    return false;
  }
}

function respond(endpoint: Endpoint, answer: Reply<Endpoint>): Response {
  if (answer === "no answer") return HttpResponse.error();
  return "refusal" in answer ? refuse(endpoint, answer) : succeed(endpoint, answer);
}

function succeed(endpoint: Endpoint, { status, body, version, file }: Success<Endpoint>): Response {
  const mocked = endpoint.success.body?.parse(body);
  const choices = endpoint.success.body ? choicePlaces(endpoint.success.body) : new Set<string>();
  const known = recordingsOf(endpoint, "success");
  const like = nearest(known, ([, recording]) => [
    ...(status === recording.status ? [] : [`the status is ${status}, and ${recording.status} as recorded`]),
    ...differences(recording.body, mocked, choices),
    ...(version === undefined ? [] : differences(recording.headers.etag, version, choices, "the ETag")),
  ]);
  if (!like) throw notRecorded(endpoint, "success");
  const [name, recording] = like.one;
  if (like.faults.length > 0) {
    throw new Error(
      `${nameOf(endpoint)} is mocked to answer as the server never did. Most like it is “${name}”, but:\n${like.faults.join("\n")}\n` +
        "Mend the mock. If the server can answer so, let its tests record it: apps/api/test/recordings/interactions.",
    );
  }
  const headers = { ...headersOf(recording), ...(version === undefined ? {} : { etag: version }) };
  if (endpoint.success.media !== undefined) return new HttpResponse(file?.content ?? "", { status, headers });
  return new HttpResponse(endpoint.success.body === null ? null : JSON.stringify(mocked), { status, headers });
}

function refuse(endpoint: Endpoint, { refusal, variant, retryAfter }: Refusal): Response {
  if (!problemsOf(endpoint).includes(refusal)) throw new Error(`${nameOf(endpoint)} never refuses with ${refusal}`);
  const name = variant === undefined ? refusal : `${refusal}: ${variant}`;
  const [, recording] = recordingsOf(endpoint, refusal).find(([known]) => known === name) ?? [];
  if (!recording) throw notRecorded(endpoint, name);
  const headers = headersOf(recording);
  if (retryAfter !== undefined) {
    if (headers["retry-after"] === undefined || !Number.isInteger(retryAfter) || retryAfter < 1) {
      const known = headers["retry-after"] ?? "none";
      throw new Error(`${nameOf(endpoint)} never says Retry-After: ${retryAfter} with ${name}; ${known} was recorded`);
    }
    headers["retry-after"] = String(retryAfter);
  }
  return new HttpResponse(JSON.stringify(recording.body), { status: recording.status, headers });
}

/** Those that scripts can read: a cookie is none of their business. */
function headersOf({ headers }: Recording): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function notRecorded(endpoint: Endpoint, outcome: string): Error {
  return new Error(
    `${nameOf(endpoint)} is mocked to answer “${outcome}”, of which there is no recording: apps/api/src/recordings.test.ts makes it`,
  );
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}
