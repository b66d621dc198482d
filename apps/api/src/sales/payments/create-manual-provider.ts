import { CURRENCIES } from "@yumroad/contract";
import type { Clock } from "../../platform/lib/clock.ts";
import type { PaymentProvider } from "./payment-provider.ts";

export const MANUAL = "manual";
const LIFETIME_MS = 30 * 24 * 60 * 60_000;

/**
 * Makes the provider for payments outside of the shop, a bank transfer for example. The seller says in their own words
 * how to pay, sees the money arrive, and marks the order as paid. Nothing is asked or heard over the network; a refund
 * records what the seller has paid back.
 */
export function createManualProvider({ clock }: { clock: Clock }): PaymentProvider {
  return {
    name: MANUAL,
    currencies: new Set(CURRENCIES),
    isForOperatorsOnly: false,
    merchantOfRecord: null,
    begin: async ({ id, attempt }) => ({
      session: `${id}-${attempt}`,
      payAt: null,
      endsAt: new Date(clock.now() + LIFETIME_MS),
    }),
    // Only the seller knows whether the money has arrived.
    look: async () => ({ is: "open", paid: null, payment: null }),
    hear: null,
    async cancel() {},
    refund: async (_payment, _money, key) => ({ is: "done", refund: key }),
    lookAtPayment: null,
    listNews: null,
    check: null,
  };
}
