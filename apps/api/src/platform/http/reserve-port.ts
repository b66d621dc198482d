import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * A port of the system's choice, held until the server listens on it (`server.listen(held)`): what is made before that
 * has the shop's address in it, such as links in mails. Whoever comes too early is turned away.
 */
export async function reservePort(host: string): Promise<{ port: number; held: Server }> {
  const held = createServer((socket) => socket.destroy());
  await once(held.listen(0, host), "listening");
  return { port: (held.address() as AddressInfo).port, held };
}
