import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/**
 * Maximum bytes of a request's headers. Browsers send a few kilobytes of cookies at most. Larger headers are accepted
 * up to this limit, and an oversized session cookie counts as no session (R5).
 */
const MAX_HEADER_BYTES = 64 * 1024;

const STATUS_OF_FAULT: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/**
 * Makes the HTTP server around the app. It answers malformed requests itself, since they never reach Express, with the
 * same problem+json as the app.
 */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  // Passes a request with an unknown `Expect` header to the app; Node would refuse the request by default (RFC 9110,
  // 10.1.1).
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
