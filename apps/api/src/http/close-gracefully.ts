import type { Server } from "node:http";

/**
 * Takes no new connection, lets what is in flight finish, and closes connections as they fall idle. What is still
 * there after `patienceMs` is cut off. Resolves when nothing is left.
 */
export async function closeGracefully(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection would bring new requests for ever: each answer from here on is its connection's last.
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearTimeout(cutOff);
  clearInterval(idle);
}
