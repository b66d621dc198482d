import { allEndpoints, type Endpoint, Problem, type ProblemCode, problemsOf, UPLOAD_PROBLEMS } from "@yumroad/contract";
import { type Answer, type Asked, type Client, type ClientOptions, createClient } from "@yumroad/testkit";
import * as z from "zod/mini";

/** Problems that every address under `/api` may answer. */
const EVERYWHERE: ProblemCode[] = [
  "not_found",
  "method_not_allowed",
  "request_timeout",
  "invalid_input",
  "internal_error",
];

/** The API documentation and the page of a mail in the tray are HTML pages. */
const PAGES = /^\/api\/(?:docs|outbox\/[^/]+\/page(?:\?.*)?)$/;

/** A browser-like client that checks every answer against the contract: a stray field or code throws. */
export function createContractClient(options: ClientOptions): Client {
  return createClient({ ...options, onAnswer: checkAnswer });
}

/** Uploads speak the tus protocol: what they answer is no JSON, unless it is a problem. */
const UPLOAD = /^\/api\/uploads(?:\/[^/]+)?$/;

function checkAnswer({ status, headers, json }: Answer, { method, path }: Asked): void {
  if (!path.startsWith("/api/") || (PAGES.test(path) && status === 200) || method === "HEAD" || status === 304) return;
  const endpoint = endpointAt(method, path);
  const isUpload = UPLOAD.test(path);
  if (isUpload && status < 400) return;
  if (status < 400) {
    checkSuccess(endpoint, { method, path, status, json });
    return;
  }
  const isProblem = String(headers["content-type"]).startsWith("application/problem+json");
  if (!isProblem) throw new Error(`${method} ${path} answered ${status} without a problem`);
  const problem = z.parse(Problem, json);
  const allowed = [...EVERYWHERE, ...(endpoint ? problemsOf(endpoint) : []), ...(isUpload ? UPLOAD_PROBLEMS : [])];
  if (!allowed.includes(problem.code))
    throw new Error(`${method} ${path} answered ${problem.code}, which its contract does not name`);
  if (problem.status !== status)
    throw new Error(`${method} ${path} answered ${status} with a problem of ${problem.status}`);
}

function checkSuccess(
  endpoint: Endpoint | undefined,
  { method, path, status, json }: { method: string; path: string; status: number; json: unknown },
): void {
  if (!endpoint) throw new Error(`${method} ${path} answered ${status}, and the contract does not know it`);
  if (endpoint.success.status !== status)
    throw new Error(`${method} ${path} answered ${status}, not ${endpoint.success.status}`);
  if (endpoint.success.body === null) {
    if (json !== undefined) throw new Error(`${method} ${path} has a body, and its contract says it has none`);
  } else {
    z.parse(endpoint.success.body, json);
  }
}

function endpointAt(method: string, path: string): Endpoint | undefined {
  const [bare = ""] = path.split("?");
  return allEndpoints
    .map(([, endpoint]) => endpoint)
    .find(
      (endpoint) => endpoint.method === method && new RegExp(`^${endpoint.path.replace(/:\w+/g, "[^/]+")}$`).test(bare),
    );
}
