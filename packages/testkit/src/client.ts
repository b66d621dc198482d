import type { IncomingHttpHeaders } from "node:http";
import { acceptHeader, type BrowserRequest, originHeader, secFetchHeaders, senderOf } from "./browser-headers.ts";
import { type ParsedCookie, parseSetCookie } from "./cookie.ts";
import { type CookieJar, createCookieJar, type JarOfOneSite, type StoredCookie } from "./cookie-jar.ts";
import { type Hold, readAll, sendRequest } from "./send-request.ts";

/** A request that has been begun, and whose last byte has not been sent. */
export interface HeldRequest<Json = unknown> {
  /** The answer, which may come before the end of the request: to a server that has waited for long enough. */
  answer: Promise<Answer<Json>>;
  /** Sends the last byte. Gives the answer. */
  release(): Promise<Answer<Json>>;
}

/** Header values; an array is sent as so many lines, `null` leaves out one that the client would send by itself. */
export type ClientHeaders = Record<string, string | readonly string[] | null>;

export interface ClientOptions {
  /** Where the server listens: `http://127.0.0.1:<port>`. */
  url: string;
  /** The address that people see, when it is another: it decides `Host`, `Origin` and what happens to cookies. */
  publicUrl?: string;
  /** Say `X-Forwarded-Proto: https`, as a proxy does that ends TLS in front of the server. */
  behindTlsProxy?: boolean;
  /** Leave out `Sec-Fetch-*`, as browsers of before 2023 do. */
  omitSecFetch?: boolean;
  /** Headers of every request. */
  headers?: ClientHeaders;
  /** The time by which cookies end, in milliseconds since 1970. */
  now?: () => number;
  /** Looks at every answer before whoever asked gets it. What it throws, the request rejects with. */
  onAnswer?: (answer: Answer, asked: Asked) => void | Promise<void>;
}

/** What a request was, for `onAnswer`. */
export interface Asked extends RequestOptions {
  method: string;
  path: string;
}

export interface RequestOptions {
  headers?: ClientHeaders;
  /** Sent as JSON, with its content type. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Uint8Array;
  mode?: BrowserRequest["mode"];
  dest?: string;
  /** Called when the headers have arrived and the body may not have yet; cookies are in the jar already. */
  onHeaders?: (head: { status: number; headers: IncomingHttpHeaders }) => void;
  signal?: AbortSignal;
}

export interface Answer<Json = unknown> {
  status: number;
  /** By lower-case name. */
  headers: IncomingHttpHeaders;
  /** The body, decoded when the client asked for an encoding: its bytes, and as text. */
  bytes: Buffer;
  text: string;
  /** The body parsed when it says that it is JSON, else `undefined`. Its type is a claim of the caller. */
  json: Json;
  setCookies: ParsedCookie[];
}

type Call = <Json = unknown>(path: string, options?: RequestOptions) => Promise<Answer<Json>>;

export interface Client {
  get: Call;
  post: Call;
  put: Call;
  patch: Call;
  delete: Call;
  head: Call;
  options: Call;
  /** `path` goes out as it stands: dot segments, doubled slashes and bad escapes included. */
  request<Json = unknown>(input: Asked): Promise<Answer<Json>>;
  /**
   * Sends a request but for the last byte of its body, which it has to have. Resolves once the server has taken the
   * headers: it says so itself (`100 Continue`). Cookies are the ones from before.
   */
  hold<Json = unknown>(input: Asked): Promise<HeldRequest<Json>>;
  cookies: CookieJar;
  /**
   * The same browser with the same cookies, on a page of another origin: "null" (the word) for a sandboxed one, `null`
   * for no page at all, which is what somebody asks from who types an address or opens a bookmark.
   */
  from(pageOrigin: string | null): Client;
  /** Another browser that has copies of these cookies, or of ones saved before, and goes its own way from there. */
  twin(cookies?: readonly StoredCookie[]): Client;
}

/**
 * A client that behaves as Chromium does with cookies, `Origin` and `Sec-Fetch-*`, and lets a test forge all of it.
 * It follows no redirects, changes no path, and opens one connection for each request. A request without an answer
 * rejects with the error of `node:http`.
 *
 * @example
 * const client = createClient({ url, publicUrl: "https://shop.example", behindTlsProxy: true });
 * await client.post("/api/auth/login", { json: { email, password } });
 * client.cookies.get("__Host-shop")?.httpOnly; // true
 * await client.from("https://evil.example").post("/api/auth/logout"); // what a foreign page can do
 * const thief = client.twin(); // with the same cookies, whatever the first one does from now on
 */
export function createClient(options: ClientOptions): Client {
  const siteUrl = options.publicUrl ?? options.url;
  const jar = createCookieJar(siteUrl, options.now ?? Date.now);
  return clientOn(new URL(siteUrl).origin, jar, options);
}

function clientOn(pageOrigin: string | null, jar: JarOfOneSite, options: ClientOptions): Client {
  const site = new URL(options.publicUrl ?? options.url);

  async function request<Json>(input: Asked, hold?: Hold): Promise<Answer<Json>> {
    // Without a page there is nothing that could fetch: an address is opened.
    const { mode = pageOrigin === null ? "navigate" : "cors", dest = mode === "navigate" ? "document" : "empty" } =
      input;
    const browserRequest = { method: input.method, pageOrigin, targetOrigin: site.origin, mode, dest };
    const sender = senderOf(browserRequest);
    const body = input.json === undefined ? input.body : JSON.stringify(input.json);
    const headers = mergeHeaders(
      { Host: site.host, Accept: acceptHeader(browserRequest) },
      { Origin: originHeader(browserRequest), Cookie: jar.header(input.path, sender) },
      options.omitSecFetch ? {} : secFetchHeaders(browserRequest),
      options.behindTlsProxy ? { "X-Forwarded-Proto": "https" } : {},
      input.json === undefined ? {} : { "Content-Type": "application/json" },
      contentLength(input.method, body),
      hold ? { Expect: "100-continue" } : {},
      options.headers ?? {},
      input.headers ?? {},
    );
    const response = await sendRequest({
      url: options.url,
      method: input.method,
      path: input.path,
      headers,
      body,
      signal: input.signal,
      hold,
    });
    const setCookieLines = response.headers["set-cookie"] ?? [];
    jar.take(setCookieLines, input.path, sender);
    input.onHeaders?.({ status: response.statusCode ?? 0, headers: response.headers });
    const bytes = await readAll(response);
    const text = bytes.toString("utf8");
    const answer: Answer<Json> = {
      status: response.statusCode ?? 0,
      headers: response.headers,
      bytes,
      text,
      json: parseJson(response.headers["content-type"], text) as Json,
      setCookies: setCookieLines.map(parseSetCookie).filter((cookie) => cookie !== null),
    };
    await options.onAnswer?.(answer, input);
    return answer;
  }

  async function hold<Json>(input: Asked): Promise<HeldRequest<Json>> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: onBegun } = Promise.withResolvers<void>();
    const answer = request<Json>(input, { onBegun, released });
    // Refused at once, or never connected: there is nothing to hold.
    await Promise.race([begun, answer]);
    return {
      answer,
      release() {
        release();
        return answer;
      },
    };
  }

  function call(method: string): Call {
    return (path, callOptions) => request({ method, path, ...callOptions });
  }

  return {
    get: call("GET"),
    post: call("POST"),
    put: call("PUT"),
    patch: call("PATCH"),
    delete: call("DELETE"),
    head: call("HEAD"),
    options: call("OPTIONS"),
    request: (input) => request(input),
    hold,
    cookies: jar,
    from: (otherOrigin) => clientOn(otherOrigin, jar, options),
    twin(cookies = jar.snapshot()) {
      const itsJar = createCookieJar(site.href, options.now ?? Date.now);
      itsJar.restore(cookies);
      return clientOn(pageOrigin, itsJar, options);
    },
  };
}

/** Later ones win, whatever the case of their names. The result is the flat list that `node:http` sends unchanged. */
function mergeHeaders(...layers: ClientHeaders[]): string[] {
  const merged = new Map<string, [name: string, value: string | readonly string[] | null]>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) merged.set(name.toLowerCase(), [name, value]);
  }
  return [...merged.values()].flatMap(([name, value]) => {
    const lines = value === null ? [] : typeof value === "string" ? [value] : value;
    return lines.flatMap((line) => [name, line]);
  });
}

function contentLength(method: string, body: string | Uint8Array | undefined): ClientHeaders {
  if (body !== undefined) return { "Content-Length": String(Buffer.byteLength(body)) };
  // Browsers say so for a POST or PUT without a body. Of a PATCH without one they say nothing, and Node that it comes in chunks.
  return ["POST", "PUT", "PATCH"].includes(method) ? { "Content-Length": "0" } : {};
}

function parseJson(contentType: string | undefined, text: string): unknown {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType ?? "") && text !== "" ? JSON.parse(text) : undefined;
}
