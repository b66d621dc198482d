import type { Faults } from "@yumroad/scenarios";

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
