import type { Server } from "node:http";
import { type Socket, Server as TcpServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** Time for a connection to send its next request and receive the answer that closes it. */
const FAREWELL_MS = 500;
const LOOK_EVERY_MS = 100;
/** The longest time that closing goes on accepting connections while new ones keep arriving. */
const LAST_CALL_MS = 500;
/** Node accepts few connections per turn of its event loop; after so many turns without one, none is waiting. */
const QUIET_TURNS = 3;
/** In a longer turn other work ran after connections were accepted, and more may have arrived meanwhile. */
const SHORT_TURN_MS = 0.1;

/**
 * Accepts no new connection, lets requests in flight finish, and closes connections as they become idle. The rest is
 * cut off after `patienceMs`. Resolves when nothing is left.
 *
 * Node considers a connection idle although its next request may have arrived unread: under load that applies to nearly
 * all, and closing them then would reset them. So each is told first, with an answer, and only connections without a
 * request are closed without one. In the same way a connection that the system has established and Node has not
 * accepted yet would be reset together with the listener: so those are accepted first.
 */
export async function closeGracefully(server: Server, patienceMs: number): Promise<void> {
  const serveThem = await holdWhoWaits(server);
  // Not HTTP's own `close`, which closes idle connections at once.
  const closed = new Promise<void>((resolve) => void TcpServer.prototype.close.call(server, () => resolve()));
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  serveThem();
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
  let looking: NodeJS.Timeout | undefined;
  // Runs after pending data was read (Node's poll phase); a timer would run before.
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
 * Accepts the waiting connections until there are none, and holds them: serving them meanwhile would take so long under
 * load that there would always be another. Returns the function that serves them.
 */
async function holdWhoWaits(server: Server): Promise<() => void> {
  const listeners = server.rawListeners("connection") as ((socket: Socket) => void)[];
  const held: Socket[] = [];
  let quietTurns = 0;
  const hold = (socket: Socket) => {
    quietTurns = 0;
    socket.pause();
    // A client that disconnects early is no fault of the server.
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
      // A client that disconnected silently would count as busy until `patienceMs`.
      if (socket.readableEnded) socket.destroy();
      if (socket.destroyed) continue;
      server.emit("connection", socket);
      socket.resume();
    }
  };
}
