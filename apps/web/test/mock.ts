import {
  type Answer,
  type Body,
  type Endpoint,
  type InputIssue,
  type ProblemCode,
  problemsOf,
} from "@yumroad/contract";
import { type Recording, recordingsOf } from "@yumroad/contract/recordings";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { differences, nearest } from "./likeness.ts";

export const server = setupServer();

/** What was sent to a mocked endpoint. */
export interface Seen<E extends Endpoint> {
  body: Body<E>;
  params: Record<string, string>;
  query: URLSearchParams;
  ifMatch: string | null;
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
  /** In place of the recorded ones. */
  issues?: InputIssue[];
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
 * a success has to be of the form of one (`packages/contract/recordings`). Anything else fails the test, and so does a
 * request that the contract refuses. Gives back what was asked, in order.
 *
 * @example
 * const asked = mock(endpoints.login, { refusal: "invalid_credentials" });
 */
export function mock<E extends Endpoint>(
  endpoint: E,
  reply: Reply<E> | ((seen: Seen<E>) => Reply<E> | Promise<Reply<E>>),
): Seen<E>[] {
  const asked: Seen<E>[] = [];
  const method = endpoint.method.toLowerCase() as Lowercase<E["method"]>;
  server.use(
    http[method](endpoint.path, async ({ request, params }) => {
      try {
        const text = await request.clone().text();
        const query = new URL(request.url).searchParams;
        const body: unknown = endpoint.body?.parse(JSON.parse(text));
        endpoint.query?.parse(Object.fromEntries(query));
        const ifMatch = request.headers.get("if-match");
        const seen = { body, params, query, ifMatch } as unknown as Seen<E>;
        asked.push(seen);
        const answer = typeof reply === "function" ? await reply(seen) : reply;
        return answer === "no answer" ? HttpResponse.error() : respond(endpoint, answer);
      } catch (error) {
        faults.push(error);
        return HttpResponse.error();
      }
    }),
  );
  return asked;
}

/** Answers in the server's place until the end of the test, as a proxy on the way does, or the page of a wifi. */
export function interfere({ method, path }: Endpoint, answer: () => Response): void {
  const verb = method.toLowerCase() as Lowercase<Endpoint["method"]>;
  server.use(http[verb](path, answer));
}

/** Sees every request until the end of the test, before it is answered. */
export function watchRequests(see: (request: Request) => void): void {
  server.use(http.all("*", ({ request }) => see(request)));
}

/** A success as the server gave it to its own tests. */
export function recorded<E extends Endpoint>(endpoint: E, name = "success"): Answer<E> {
  const found = recordingsOf(endpoint, "success").find(([known]) => known === name);
  if (!found) throw new Error(`There is no recording “${name}” of ${nameOf(endpoint)}`);
  return structuredClone(found[1].body) as Answer<E>;
}

function respond(endpoint: Endpoint, answer: Success<Endpoint> | Refusal): Response {
  return "refusal" in answer ? refuse(endpoint, answer) : succeed(endpoint, answer);
}

function succeed(endpoint: Endpoint, { status, body, version, file }: Success<Endpoint>): Response {
  const mocked = endpoint.success.body?.parse(body);
  const like = nearest(recordingsOf(endpoint, "success"), ([, recording]) => [
    ...(status === recording.status ? [] : [`the status is ${status}, and ${recording.status} as recorded`]),
    ...differences(recording.body, mocked),
    ...(version === undefined ? [] : differences(recording.headers.etag, version, "the ETag")),
  ]);
  if (!like) throw notRecorded(endpoint, "success");
  const [name, recording] = like.one;
  if (like.faults.length > 0) {
    throw new Error(
      `${nameOf(endpoint)} is mocked to answer as the server never did. Most like it is “${name}”, but:\n${like.faults.join("\n")}\n` +
        "Mend the mock. If the server can answer so, let its tests record it: apps/api/test/recordings/plays.",
    );
  }
  const headers = { ...headersOf(recording), ...(version === undefined ? {} : { etag: version }) };
  if (endpoint.success.media !== undefined) return new HttpResponse(file?.content ?? "", { status, headers });
  return new HttpResponse(endpoint.success.body === null ? null : JSON.stringify(mocked), { status, headers });
}

function refuse(endpoint: Endpoint, { refusal, issues, retryAfter }: Refusal): Response {
  if (!problemsOf(endpoint).includes(refusal)) throw new Error(`${nameOf(endpoint)} never refuses with ${refusal}`);
  const [, recording] = recordingsOf(endpoint, refusal)[0] ?? [];
  if (!recording) throw notRecorded(endpoint, refusal);
  const body = recording.body as { issues?: InputIssue[] };
  const faults = [
    ...(issues !== undefined && body.issues === undefined ? ["it names no issues"] : []),
    ...(retryAfter !== undefined && recording.headers["retry-after"] === undefined ? ["it says no Retry-After"] : []),
  ];
  if (faults.length > 0) {
    throw new Error(`${nameOf(endpoint)} does not refuse like this with ${refusal}:\n${faults.join("\n")}`);
  }
  return new HttpResponse(JSON.stringify({ ...body, ...(issues === undefined ? {} : { issues }) }), {
    status: recording.status,
    headers: {
      ...headersOf(recording),
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
  });
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
