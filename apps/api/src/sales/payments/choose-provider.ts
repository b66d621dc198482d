import type { PaymentProvider } from "./payment-provider.ts";

/** What decides how a store takes money. */
export interface StoreToPay {
  /** True if the store is an operator's, whose account at the provider the shop uses. */
  isOperatorsStore: boolean;
  /** How buyers pay outside of the shop, in the seller's words; empty: they can't. */
  payInstructions: string;
}

/** The provider that takes payments for a store; null: none can. */
export type ProviderFor = (store: StoreToPay) => PaymentProvider | null;

interface Providers {
  stripe: PaymentProvider | null;
  demo: PaymentProvider | null;
  manual: PaymentProvider;
}

/**
 * Makes the choice of the provider for a store. Stripe pays to the account of the shop's operator, so it sells nothing of
 * other stores: there is no way yet to pay the money out to them.
 */
export function chooseProvider({ stripe, demo, manual }: Providers): ProviderFor {
  return ({ isOperatorsStore, payInstructions }) => {
    if (stripe && isOperatorsStore) return stripe;
    return demo ?? (payInstructions === "" ? null : manual);
  };
}
