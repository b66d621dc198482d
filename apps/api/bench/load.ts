import { connect } from "node:net";
import { median } from "@yumroad/testkit";

export interface Request {
  port: number;
  path: string;
  method?: "GET" | "POST" | "DELETE";
  headers?: Record<string, string>;
  body?: unknown;
}

export interface LoadResult {
  perSecond: number;
  medianMs: number;
}

interface LoadOptions {
  connections: number;
  seconds: number;
  /** Pause of each connection between an answer and its next request; none by default. */
  pauseMs?: number;
  /** Called with each answer's status line and raw headers. */
  onAnswer?: OnAnswer;
}

type OnAnswer = (head: string, request: Request) => void;

/**
 * Sends requests over kept-alive connections, the next one on each as soon as the last is answered. It is so small that
 * it takes less of a core than any server it measures. Throws on any other status.
 */
export async function load(
  next: () => Request,
  { connections, seconds, pauseMs = 0, onAnswer }: LoadOptions,
  status = 200,
): Promise<LoadResult> {
  const times: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const loadRun = { endsAt, status, times, pauseMs, ...(onAnswer && { onAnswer }) };
  await Promise.all(Array.from({ length: connections }, () => keepAsking(next, loadRun)));
  const perSecond = times.length / ((performance.now() - startedAt) / 1000);
  return { perSecond, medianMs: median(times) };
}

/** Sends requests one at a time and returns the milliseconds of each. */
export async function timesOf(request: Request, count: number, status = 200): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  await keepAsking(() => request, { endsAt: Number.POSITIVE_INFINITY, status, times, until: () => --left === 0 });
  return times;
}

/** Sends one request and returns its answer. */
export async function ask(request: Request): Promise<{ status: number; headers: Headers; text: string }> {
  const { port, path, method = "GET", headers = {}, body } = request;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

interface LoadRun {
  endsAt: number;
  status: number;
  times: number[];
  until?: () => boolean;
  pauseMs?: number;
  onAnswer?: OnAnswer;
}

function keepAsking(
  next: () => Request,
  { endsAt, status, times, until, pauseMs = 0, onAnswer }: LoadRun,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let request = next();
    const socket = connect({ port: request.port, host: "127.0.0.1", noDelay: true });
    let sentAt = 0;
    let received = Buffer.alloc(0);
    const send = () => {
      sentAt = performance.now();
      socket.write(bytesOf(request));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const end = endOfAnswer(received);
      if (end === null || received.length < end) return;
      const now = performance.now();
      const answered = Number(received.toString("latin1", 9, 12));
      if (answered !== status) {
        socket.destroy();
        reject(new Error(`${request.path} answered ${received.toString("utf8", 0, 300)}`));
        return;
      }
      times.push(now - sentAt);
      onAnswer?.(headOf(received), request);
      received = received.subarray(end);
      if (until?.() || now >= endsAt) {
        socket.destroy();
        resolve();
      } else {
        request = next();
        if (pauseMs > 0) setTimeout(send, pauseMs);
        else send();
      }
    });
  });
}

const LAST_CHUNK = "\r\n0\r\n\r\n";

/** The end of an answer, or null while it is incomplete. JSON never contains the line breaks of a last chunk. */
function endOfAnswer(received: Buffer): number | null {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const head = received.toString("latin1", 0, headEnd);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return headEnd + 4 + Number(length);
  if (!/transfer-encoding: chunked/i.test(head)) return headEnd + 4;
  const lastChunk = received.indexOf(LAST_CHUNK, headEnd + 2);
  return lastChunk === -1 ? null : lastChunk + LAST_CHUNK.length;
}

function headOf(received: Buffer): string {
  return received.toString("latin1", 0, received.indexOf("\r\n\r\n"));
}

function bytesOf({ path, method = "GET", headers = {}, body }: Request): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const lines = Object.entries({
    Host: "shop.example",
    ...headers,
    ...(text && { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${text}`;
}
