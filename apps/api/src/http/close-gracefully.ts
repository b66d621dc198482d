import type { Server } from "node:http";
import { Server as TcpServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a connection may take to send its next request and be told with the answer that it was the last. */
const FAREWELL_MS = 500;
const LOOK_EVERY_MS = 100;
/** How long connections are taken that are made all the time. */
const LAST_CALL_MS = 500;
/** Node takes few connections in a turn of its event loop; after so many turns without one, none is waiting. */
const QUIET_TURNS = 3;
/** In a longer turn other work was done after connections had been taken, and more of them may have come meanwhile. */
const SHORT_TURN_MS = 1;

/**
 * Takes no new connection, lets what is in flight finish, and closes connections as they fall idle. What is still
 * there after `patienceMs` is cut off. Resolves when nothing is left.
 *
 * A connection counts as idle for Node although its next request may have arrived and was not read yet: under load
 * that is nearly every one, and to close it then would reset it. So each is told first, with an answer, and only those
 * that ask for nothing are closed unasked. In the same way a connection that the system has made, and Node has not taken
 * yet, would be reset together with the listener: so those are taken first.
 */
export async function closeGracefully(server: Server, patienceMs: number): Promise<void> {
  await takeWhoWaits(server);
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

async function takeWhoWaits(server: Server): Promise<void> {
  let turnBeganAt = performance.now();
  const endsAt = turnBeganAt + LAST_CALL_MS;
  let quietTurns = 0;
  const onConnection = () => {
    quietTurns = 0;
  };
  server.on("connection", onConnection);
  while (quietTurns < QUIET_TURNS && turnBeganAt < endsAt) {
    quietTurns += 1;
    await nextTurn();
    const now = performance.now();
    if (now - turnBeganAt > SHORT_TURN_MS) quietTurns = 0;
    turnBeganAt = now;
  }
  server.off("connection", onConnection);
}
