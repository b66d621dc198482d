import type { Server } from "node:http";
import { type Socket, Server as TcpServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds in which a client may send its next request, whose answer tells it that the connection closes. */
const FAREWELL_MS = 500;
const LOOK_EVERY_MS = 100;
/** Maximum milliseconds for which closing still accepts waiting connections, because new ones may keep arriving. */
const LAST_CALL_MS = 500;
/**
 * Node accepts few connections per turn of its event loop. After this many turns without a new connection, no
 * connection is waiting.
 */
const QUIET_TURNS = 3;
/** Milliseconds. A longer turn has done other work, and more connections may have arrived during that work. */
const SHORT_TURN_MS = 0.1;

/**
 * Stops accepting connections, lets requests in flight finish, and closes connections as they become idle. Cuts off the
 * remaining connections after `patienceMs` milliseconds. Resolves when no connection is left.
 * Node calls a connection idle even if its next request has arrived but is unread. Under load this is true for nearly
 * all connections, and closing one would reset it. Therefore the next answer on each connection contains `Connection:
 * close`, and only connections without a further request are closed without an answer. Closing the listener would
 * likewise reset connections that the operating system has established and Node has not accepted yet, so these are
 * accepted first.
 */
export async function closeGracefully(server: Server, patienceMs: number): Promise<void> {
  const serveThem = await holdWhoWaits(server);
  // The HTTP server's `close` would close idle connections at once.
  const closed = new Promise<void>((resolve) => void TcpServer.prototype.close.call(server, () => resolve()));
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  serveThem();
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
  let looking: NodeJS.Timeout | undefined;
  // `setImmediate` runs after Node's poll phase, which reads pending data. A timer would run before that phase.
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

/**
 * Accepts the waiting connections until none is left, and does not serve them yet. Under load, serving them would take
 * so long that a new connection would always be waiting. Returns the function that serves the accepted connections.
 */
async function holdWhoWaits(server: Server): Promise<() => void> {
  const listeners = server.rawListeners("connection") as ((socket: Socket) => void)[];
  const held: Socket[] = [];
  let quietTurns = 0;
  const hold = (socket: Socket) => {
    quietTurns = 0;
    socket.pause();
    // Without a listener, an error of a client that disconnects early would end the process.
    socket.on("error", () => {});
    held.push(socket);
  };
  server.removeAllListeners("connection");
  server.on("connection", hold);
  let turnBeganAt = performance.now();
  const endsAt = turnBeganAt + LAST_CALL_MS;
  while (quietTurns < QUIET_TURNS && turnBeganAt < endsAt) {
    quietTurns += 1;
    await nextTurn();
    const now = performance.now();
    if (now - turnBeganAt > SHORT_TURN_MS) quietTurns = 0;
    turnBeganAt = now;
  }
  return () => {
    server.off("connection", hold);
    for (const listener of listeners) server.on("connection", listener);
    for (const socket of held) {
      // The client has disconnected. Without this step its connection would count as busy until `patienceMs`.
      if (socket.readableEnded) socket.destroy();
      if (socket.destroyed) continue;
      server.emit("connection", socket);
      socket.resume();
    }
  };
}
