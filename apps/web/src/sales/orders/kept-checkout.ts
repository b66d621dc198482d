import { CheckoutInput } from "@yumroad/contract";
import * as z from "zod/mini";
import { randomUuid } from "../../platform/lib/random-uuid.ts";
import { readTab, removeFromTab, writeTab } from "../../platform/lib/tab-storage.ts";

const KeptCheckout = z.object({
  attempt: CheckoutInput.shape.attempt,
  email: z.nullable(z.string()),
  /** The amount that the buyer has chosen, as it is typed; null: none. */
  amount: z._default(z.nullable(z.string()), null),
  /** The discount code that the order has; null: none. */
  code: z._default(z.nullable(z.string()), null),
});

/** The order of a product that this tab has begun or is about to begin: a reload and another try are the same order,
 * until it is paid or needs no payment. */
export type KeptCheckout = z.infer<typeof KeptCheckout>;

function keyOf(slug: string): string {
  return `yumroad:checkout:${slug}`;
}

/** The checkout of a product in this tab, or a new one, which is kept from now on. */
export function loadKeptCheckout(slug: string): KeptCheckout {
  const kept = KeptCheckout.safeParse(parsed(readTab(keyOf(slug))));
  if (kept.success) return kept.data;
  return keepCheckout(slug, newCheckout());
}

export function keepCheckout(slug: string, checkout: KeptCheckout): KeptCheckout {
  writeTab(keyOf(slug), JSON.stringify(checkout));
  return checkout;
}

/** Forgets the checkout of a product once it is ordered: the next guest of this tab is another one. */
export function forgetCheckout(slug: string): void {
  removeFromTab((key) => key === keyOf(slug));
}

export function newCheckout(): KeptCheckout {
  return { attempt: randomUuid(), email: null, amount: null, code: null };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
