import type { Faults } from "@yumroad/scenarios";
import { createTcpFaults, type TcpFaults } from "@yumroad/testkit";

/** Gives an address that nobody else has, each time. */
export function createAddresses(): () => string {
  let given = 0;
  return () => {
    given += 1;
    return `10.${(given >> 16) & 255}.${(given >> 8) & 255}.${given & 255}`;
  };
}

/** Faults of a part that a pairing does not have. */
export function missing(part: string): Faults {
  const refuse = () => {
    throw new Error(`This pairing has no ${part}`);
  };
  return { kill: refuse, stall: refuse, slow: refuse, restore: refuse };
}

/** Something in front of a store that can fail, and the store's address by that way. */
export async function faultsInFrontOf(address: string, usualPort: number): Promise<{ faults: TcpFaults; url: string }> {
  const url = new URL(address);
  const faults = await createTcpFaults({ host: url.hostname, port: Number(url.port || usualPort) });
  url.hostname = "127.0.0.1";
  url.port = String(faults.port);
  return { faults, url: url.href };
}
