import type { Faults } from "@yumroad/scenarios";

/** Returns a new IP address on each call. */
export function createAddresses(): () => string {
  let given = 0;
  return () => {
    given += 1;
    return `10.${(given >> 16) & 255}.${(given >> 8) & 255}.${given & 255}`;
  };
}

/** Faults of a store that a pairing does not have. */
export function missing(part: string): Faults {
  const refuse = () => {
    throw new Error(`This pairing has no ${part}`);
  };
  return { kill: refuse, stall: refuse, slow: refuse, restore: refuse };
}

/** Combines the faults of two processes' connections to a store. Both fail together; only the first one is slowed. */
export function together(one: Faults, other: Faults): Faults {
  return {
    async kill() {
      await Promise.all([one.kill(), other.kill()]);
    },
    stall() {
      one.stall();
      other.stall();
    },
    slow: (milliseconds) => one.slow(milliseconds),
    async restore() {
      await Promise.all([one.restore(), other.restore()]);
    },
  };
}
