import type { Discount, DiscountOff, DiscountState } from "@yumroad/contract";
import type { DiscountRow } from "./discount.entity.ts";

/** The percentage or amount that a discount takes off. */
export function offOf({ kind, value, currency }: Pick<DiscountRow, "kind" | "value" | "currency">): DiscountOff {
  return kind === "amount" && currency
    ? { kind, amount: { amount: value, currency } }
    : { kind: "percent", percent: value };
}

interface PresentInput {
  now: number;
  /** The products that a restricted discount is good for. */
  products: readonly { slug: string; name: string }[];
}

/** A discount as its seller sees it. */
export function presentDiscount(discount: DiscountRow, { now, products }: PresentInput): Discount {
  return {
    ...{ id: discount.id, code: discount.code, off: offOf(discount) },
    startsAt: discount.startsAt?.toISOString() ?? null,
    endsAt: discount.endsAt?.toISOString() ?? null,
    ...{ maxUses: discount.maxUses ?? null, perBuyer: discount.perBuyer ?? null, uses: discount.uses },
    state: stateOf(discount, now),
    products: discount.isRestricted ? [...products] : null,
    createdAt: discount.createdAt.toISOString(),
  };
}

/** How far a discount is, by its own facts and the clock. */
export function stateOf({ startsAt, endsAt, endedAt, maxUses, uses }: DiscountRow, now: number): DiscountState {
  if (endedAt || (endsAt && endsAt.getTime() <= now)) return "ended";
  if (startsAt && startsAt.getTime() > now) return "scheduled";
  return typeof maxUses === "number" && uses >= maxUses ? "used_up" : "active";
}
