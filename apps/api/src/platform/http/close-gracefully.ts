import type { Server } from "node:http";
import { type Socket, Server as TcpServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a connection may take to send its next request and be told with the answer that it was the last. */
const FAREWELL_MS = 500;
const LOOK_EVERY_MS = 100;
/** How long connections are taken that are made all the time. */
const LAST_CALL_MS = 500;
/** Node takes few connections in a turn of its event loop; after so many turns without one, none is waiting. */
const QUIET_TURNS = 3;
/** In a longer turn other work was done after connections had been taken, and more of them may have come meanwhile. */
const SHORT_TURN_MS = 0.1;

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
  const serveThem = await holdWhoWaits(server);
  // Not HTTP's own `close`, which closes idle connections at once.
  const closed = new Promise<void>((resolve) => void TcpServer.prototype.close.call(server, () => resolve()));
  server.prependListener("request", (_req, res) => res.setHeader("Connection", "close"));
  serveThem();
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

/**
 * Takes the connections that wait until none does, and holds them back: to serve them meanwhile would take so long under
 * load that there always is another. Gives back how to serve them.
 */
async function holdWhoWaits(server: Server): Promise<() => void> {
  const listeners = server.rawListeners("connection") as ((socket: Socket) => void)[];
  const held: Socket[] = [];
  let quietTurns = 0;
  const hold = (socket: Socket) => {
    quietTurns = 0;
    socket.pause();
    // Somebody who does not wait for the answer is no fault of ours.
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
      // Whoever has hung up without a word would count as busy for as long as we are patient.
      if (socket.readableEnded) socket.destroy();
      if (socket.destroyed) continue;
      server.emit("connection", socket);
      socket.resume();
    }
  };
}
