import type { IncomingHttpHeaders } from "node:http";
import { acceptHeader, type BrowserRequest, originHeader, secFetchHeaders, senderOf } from "./browser-headers.ts";
import { type ParsedCookie, parseSetCookie } from "./cookie.ts";
import { type CookieJar, createCookieJar, type JarOfOneSite, type StoredCookie } from "./cookie-jar.ts";
import { type Hold, readAll, sendRequest } from "./send-request.ts";

/** A request that has started and whose last byte is held back. */
export interface HeldRequest<Json = unknown> {
  /** The answer. A server may send it before the request ends, when it has waited long enough for the last byte. */
  answer: Promise<Answer<Json>>;
  /** Sends the last byte and returns the answer. */
  release(): Promise<Answer<Json>>;
}

/** Header values. An array is sent as several lines; `null` omits a header that the client would send by itself. */
export type ClientHeaders = Record<string, string | readonly string[] | null>;

export interface ClientOptions {
  /** Address that the server listens on: `http://127.0.0.1:<port>`. */
  url: string;
  /** Address that users see, when it differs. It decides `Host`, `Origin` and which cookies are kept and sent. */
  publicUrl?: string;
  /** Sends `X-Forwarded-Proto: https`, as a proxy does that ends TLS in front of the server. */
  behindTlsProxy?: boolean;
  /** Omits `Sec-Fetch-*`, as browsers did before 2023. */
  omitSecFetch?: boolean;
  /** Headers of every request. */
  headers?: ClientHeaders;
  /** Clock by which cookies expire, in milliseconds since 1970. */
  now?: () => number;
  /** Called with every answer before the caller gets it. The request rejects with anything that this throws. */
  onAnswer?: (answer: Answer, asked: Asked) => void | Promise<void>;
}

/** The request that `onAnswer` is told about. */
export interface Asked extends RequestOptions {
  method: string;
  path: string;
}

export interface RequestOptions {
  headers?: ClientHeaders;
  /** Sent as JSON, with its content type. */
  json?: unknown;
  /** Sent unchanged. */
  body?: string | Uint8Array;
  mode?: BrowserRequest["mode"];
  dest?: string;
  /** Called when the headers have arrived; the body may still be coming. Cookies are in the jar already. */
  onHeaders?: (head: { status: number; headers: IncomingHttpHeaders }) => void;
  signal?: AbortSignal;
}

export interface Answer<Json = unknown> {
  status: number;
  /** Names are in lower case. */
  headers: IncomingHttpHeaders;
  /** The body, decoded when the client asked for an encoding, as bytes and as text. */
  bytes: Buffer;
  text: string;
  /** The parsed body when it is declared as JSON, otherwise `undefined`. Its type is the caller's claim. */
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
  /** Sends `path` unchanged, with its dot segments, doubled slashes and bad escapes. */
  request<Json = unknown>(input: Asked): Promise<Answer<Json>>;
  /**
   * Sends a request except for the last byte of its body, which must not be empty. Resolves when the server has
   * accepted the headers (`100 Continue`). The request carries the cookies of that moment.
   */
  hold<Json = unknown>(input: Asked): Promise<HeldRequest<Json>>;
  cookies: CookieJar;
  /**
   * The same browser with the same cookies, on a page of another origin: "null" (the string) for a sandboxed page,
   * `null` for no page, as when a user types an address or opens a bookmark.
   */
  from(pageOrigin: string | null): Client;
  /** Another browser with copies of these cookies, or of saved ones. From then on the two are independent. */
  twin(cookies?: readonly StoredCookie[]): Client;
}

/**
 * A client that treats cookies, `Origin` and `Sec-Fetch-*` as Chromium does, and lets a test forge all of them. It
 * follows no redirects, does not change paths, and opens one connection for each request. A request without an answer
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
    // Without a page there is no script that could fetch, so the request is a navigation.
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
    // When the server refuses at once or the connection fails, there is nothing to hold.
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

/** Later layers win; names are compared without case. Returns the flat list that `node:http` sends unchanged. */
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
  // Browsers send `Content-Length: 0` with a POST or PUT without a body. With a PATCH without a body they send no
  // length, and Node would announce chunks.
  return ["POST", "PUT", "PATCH"].includes(method) ? { "Content-Length": "0" } : {};
}

function parseJson(contentType: string | undefined, text: string): unknown {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType ?? "") && text !== "" ? JSON.parse(text) : undefined;
}
