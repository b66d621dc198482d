import { createServer, type RequestListener, Server } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface Listening {
  /** Where it answers: `http://127.0.0.1:<port>`, or `https` for a server of that, without a slash at the end. */
  url: string;
  port: number;
  /** Stops listening and ends every connection, those with an answer under way as well. */
  close(): Promise<void>;
}

/**
 * Serves an app on a free port of the loopback address. Takes what `http.createServer` takes (an Express app is one
 * such), or a server that somebody set up already.
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

/** A port of the loopback address that nobody listened on a moment ago, for a server that has to be told its own. */
export async function freePort(): Promise<number> {
  const { port, close } = await listen(() => {});
  await close();
  return port;
}

function close(server: Server | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    // An error here says that it was closed before: what was wanted.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
