import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * Lets the operating system choose a port and holds it until the server listens on it (`server.listen(held)`), so that
 * the shop's address is known before that, for links in mails. Connections that come earlier are closed.
 */
export async function reservePort(host: string): Promise<{ port: number; held: Server }> {
  const held = createServer((socket) => socket.destroy());
  await once(held.listen(0, host), "listening");
  return { port: (held.address() as AddressInfo).port, held };
}
