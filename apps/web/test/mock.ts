import {
  type Answer,
  type Body,
  type Endpoint,
  type InputIssue,
  Problem,
  type ProblemCode,
  problems,
  problemsOf,
} from "@yumroad/contract";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

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
  /** The ETag of the answer. */
  version?: string;
  /** What is in the file that the answer is, where it is one, and its name. */
  file?: { content: string; name?: string };
}

export interface Refusal {
  refusal: ProblemCode;
  issues?: InputIssue[];
  retryAfter?: number;
}

export type Reply<E extends Endpoint> = Success<E> | Refusal | "no answer";

let faults: unknown[] = [];

/** The mocks that did not fit the contract since the last time this was asked. */
export function takeFaults(): unknown[] {
  const taken = faults;
  faults = [];
  return taken;
}

/**
 * Answers an endpoint of the contract until the end of the test. Everything is held against the contract: a body that
 * its schema refuses, a refusal that the endpoint does not give, or a request that does not fit fails the test.
 * Gives back what was asked, in order.
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

function respond(endpoint: Endpoint, answer: Success<Endpoint> | Refusal): Response {
  if ("refusal" in answer) return refuse(endpoint, answer);
  if (answer.status !== endpoint.success.status) throw new Error(`${endpoint.path} never answers ${answer.status}`);
  if (endpoint.success.media !== undefined) return respondWithFile(endpoint.success.media, answer);
  if (endpoint.success.body === null) return new HttpResponse(null, { status: answer.status });
  return HttpResponse.json(endpoint.success.body.parse(answer.body) as object, {
    status: answer.status,
    headers: answer.version === undefined ? {} : { etag: answer.version },
  });
}

function respondWithFile(media: string, { status, file }: Success<Endpoint>): Response {
  const { content, name } = file ?? { content: "" };
  return new HttpResponse(content, {
    status,
    headers: {
      "content-type": media,
      ...(name === undefined ? {} : { "content-disposition": `attachment; filename="${name}"` }),
    },
  });
}

function refuse(endpoint: Endpoint, { refusal, issues, retryAfter }: Refusal): Response {
  if (!problemsOf(endpoint).includes(refusal)) throw new Error(`${endpoint.path} never refuses with ${refusal}`);
  const { status, title } = problems[refusal];
  const problem = Problem.parse({
    type: "about:blank",
    title,
    status,
    code: refusal,
    requestId: "request-1",
    ...(issues === undefined ? {} : { issues }),
  });
  return new HttpResponse(JSON.stringify(problem), {
    status,
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
  });
}
