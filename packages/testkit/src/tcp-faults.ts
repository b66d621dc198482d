import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { type ServiceAddress, serviceAddressOf } from "./service.ts";

export interface TcpFaults {
  /** Port that clients connect to instead of the store, on 127.0.0.1. It stays the same through every fault. */
  port: number;
  /** The store's URL with the proxy's address. */
  url: string;
  /** Drops all connections and refuses new ones, like a server that has died. */
  kill(): Promise<void>;
  /** Accepts connections and bytes but never answers, like a server that has been stopped. */
  stall(): void;
  /**
   * Blackholes the existing connections, like a firewall that forgot them: they stay open and carry nothing. New
   * connections work.
   */
  strand(): void;
  /** Delays every byte by this many milliseconds, in each direction. */
  slow(milliseconds: number): void;
  /** Ends all faults. Connections that lost bytes are dropped, because both ends would misread the rest. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

interface Link {
  sockets: [Socket, Socket];
  hasLostBytes: boolean;
  isStranded: boolean;
}

/**
 * A TCP proxy in front of a store (Redis, Postgres) that injects faults.
 *
 * @example
 * const faults = await createTcpFaults("redis://127.0.0.1:6379");
 * const redis = new Redis(faults.url);
 * await faults.kill();
 */
export async function createTcpFaults(store: string | ServiceAddress): Promise<TcpFaults> {
  const place = typeof store === "string" ? serviceAddressOf(store) : store;
  const links = new Set<Link>();
  let isStalled = false;
  let delay = 0;

  // Without "noDelay" a short message waits 40 ms for the acknowledgement of the previous one.
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ ...place, noDelay: true });
    const link: Link = { sockets: [client, upstream], hasLostBytes: false, isStranded: false };
    links.add(link);
    forward(client, upstream, link);
    forward(upstream, client, link);
  });

  function forward(from: Socket, to: Socket, link: Link): void {
    let lastSent = Promise.resolve();
    from.on("data", (bytes) => {
      if (isStalled || link.isStranded) {
        link.hasLostBytes = true;
        return;
      }
      const due = delay === 0 ? Promise.resolve() : sleep(delay);
      // Sequential, so that bytes keep their order when the delay changes.
      lastSent = Promise.all([lastSent, due]).then(() => void (to.writable && to.write(bytes)));
    });
    from.on("error", () => drop(link));
    from.on("close", () => void lastSent.then(() => drop(link)));
  }

  function drop(link: Link): void {
    for (const socket of link.sockets) socket.destroy();
    links.delete(link);
  }

  async function kill(): Promise<void> {
    for (const link of links) drop(link);
    await stop(server);
  }

  await start(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: typeof store === "string" ? withPort(store, port) : `tcp://127.0.0.1:${port}`,
    kill,
    stall() {
      isStalled = true;
    },
    strand() {
      for (const link of links) link.isStranded = true;
    },
    slow(milliseconds) {
      delay = milliseconds;
    },
    async restore() {
      isStalled = false;
      delay = 0;
      for (const link of links) if (link.hasLostBytes || link.isStranded) drop(link);
      if (!server.listening) await start(server, port);
    },
    close: kill,
  };
}

function withPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.hostname = "127.0.0.1";
  moved.port = String(port);
  return moved.href;
}

function start(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (server.listening) server.close(() => resolve());
    else resolve();
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
