import { createServer, type RequestListener, Server } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface Listening {
  /** `http://127.0.0.1:<port>`, or `https` for an https server, without a trailing slash. */
  url: string;
  port: number;
  /** Stops listening and closes every connection, including those with an unfinished answer. */
  close(): Promise<void>;
}

/**
 * Serves an app on a free loopback port. Accepts a listener for `http.createServer` (such as an Express app) or an
 * existing server.
 *
 * @example
 * const { url, close } = await listen(express().get("/", (_, res) => res.send("hello")));
 */
export async function listen(app: RequestListener | Server | HttpsServer): Promise<Listening> {
  const server = app instanceof Server || app instanceof HttpsServer ? app : createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const protocol = server instanceof HttpsServer ? "https" : "http";
  return { url: `${protocol}://127.0.0.1:${port}`, port, close: () => close(server) };
}

/** A loopback port that was free a moment ago, for a server that has to be told its port. */
export async function freePort(): Promise<number> {
  const { port, close } = await listen(() => {});
  await close();
  return port;
}

function close(server: Server | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    // An error here means that the server was closed before, which is fine.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
