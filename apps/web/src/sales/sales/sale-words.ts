import type { OrderEventKind, Refund, SaleCard } from "@yumroad/contract";
import { saleWords } from "../../words/sales.ts";

export function saleStateWords({ state, isInTrouble, refunded, total }: SaleCard): string {
  const { states } = saleWords;
  if (isInTrouble) return states.inTrouble;
  if (refunded.amount > 0) return refunded.amount >= total.amount ? states.refunded : states.partlyRefunded;
  return states[state];
}

/** What happened to an order. A server of another version may have a kind that this one does not know. */
export function eventWords(kind: string): string {
  const events: Readonly<Record<OrderEventKind, string>> = saleWords.events;
  return (events as Readonly<Record<string, string | undefined>>)[kind] ?? saleWords.otherEvent;
}

export function refundStateWords(state: Refund["state"]): string {
  return saleWords.refundStates[state];
}

export function providerWords(provider: string | null): string {
  const providers: Readonly<Record<string, string>> = saleWords.providers;
  return provider === null ? saleWords.noProvider : (providers[provider] ?? provider);
}

/** The names of what was bought, in one line. */
export function itemNames({ items }: Pick<SaleCard, "items">): string {
  return items.map(({ name }) => name).join(", ");
}
