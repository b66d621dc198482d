import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** A browser sends at most a few kilobytes of cookies; with room for odd ones, which are then nobody's (R5). */
const MAX_HEADER_BYTES = 64 * 1024;

const STATUS_OF_FAULT: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** The server beneath the app. What is no HTTP, and so never reaches the app, is answered in the app's manners. */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  // An expectation that we do not know is none of ours to refuse (RFC 9110, 10.1.1).
  server.on("checkExpectation", app);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuse(socket, STATUS_OF_FAULT[error.code ?? ""] ?? 400);
  });
  return server;
}

function refuse(socket: Duplex, status: number): void {
  const title = STATUS_CODES[status] ?? "Bad Request";
  const body = JSON.stringify({
    type: "about:blank",
    title,
    status,
    code: "malformed_request",
    requestId: randomUUID(),
  });
  const headers = [
    `HTTP/1.1 ${status} ${title}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n${body}`);
}
