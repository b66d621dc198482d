import type { Server } from "node:http";
import { Server as TcpServer } from "node:net";

/** How long a connection may take to send its next request and be told with the answer that it was the last. */
const FAREWELL_MS = 500;
const LOOK_EVERY_MS = 100;

/**
 * Takes no new connection, lets what is in flight finish, and closes connections as they fall idle. What is still
 * there after `patienceMs` is cut off. Resolves when nothing is left.
 *
 * A connection counts as idle for Node although its next request may have arrived and was not read yet: under load
 * that is nearly every one, and to close it then would reset it. So each is told first, with an answer, and only those
 * that ask for nothing are closed unasked.
 */
export async function closeGracefully(server: Server, patienceMs: number): Promise<void> {
  // Not HTTP's own `close`, which closes idle connections at once.
  const closed = new Promise<void>((resolve) => void TcpServer.prototype.close.call(server, () => resolve()));
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
  let looking: NodeJS.Timeout | undefined;
  // After what has arrived was read (Node's poll phase), and not before, as a timer would be.
  const closeIdle = () => setImmediate(() => server.closeIdleConnections());
  const farewell = setTimeout(() => {
    closeIdle();
    looking = setInterval(closeIdle, LOOK_EVERY_MS);
  }, FAREWELL_MS);
  await closed;
  clearTimeout(cutOff);
  clearTimeout(farewell);
  clearInterval(looking);
}
