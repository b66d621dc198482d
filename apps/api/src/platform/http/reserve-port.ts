import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";

/**
 * A port chosen by the system, held until the server listens on it (`server.listen(held)`), so that the shop's address
 * is known before: for links in mails. Connections before that are refused.
 */
export async function reservePort(host: string): Promise<{ port: number; held: Server }> {
  const held = createServer((socket) => socket.destroy());
  await once(held.listen(0, host), "listening");
  return { port: (held.address() as AddressInfo).port, held };
}
