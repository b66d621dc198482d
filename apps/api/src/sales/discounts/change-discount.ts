import { type DiscountChanges, datesFault } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { DiscountEntity, type DiscountRow } from "./discount.entity.ts";

type WriteContext = Pick<Context, "em" | "clock">;

interface ChangeDiscountInput {
  discount: Owned<DiscountRow>;
  changes: DiscountChanges;
}

/**
 * Changes the dates of a discount and the number of its uses. Only the columns that change are written, since checkouts
 * count `uses` at the same time. A discount that was ended stays ended.
 */
export async function changeDiscount(
  { em }: WriteContext,
  { discount, changes }: ChangeDiscountInput,
): Promise<Refusal | null> {
  const { startsAt, endsAt, ...counts } = changes;
  const dates = {
    startsAt: startsAt === undefined ? (discount.startsAt?.toISOString() ?? null) : startsAt,
    endsAt: endsAt === undefined ? (discount.endsAt?.toISOString() ?? null) : endsAt,
  };
  const message = datesFault(dates);
  if (message !== null) return new Refusal("invalid_input", { issues: [{ path: ["endsAt"], message }] });
  await em.nativeUpdate(
    DiscountEntity,
    { id: discount.id },
    {
      ...counts,
      ...(startsAt !== undefined && { startsAt: startsAt && new Date(startsAt) }),
      ...(endsAt !== undefined && { endsAt: endsAt && new Date(endsAt) }),
    },
  );
  return null;
}

/** Ends a discount for good. Orders that use it keep it. */
export async function endDiscount({ em, clock }: WriteContext, { id }: Owned<DiscountRow>): Promise<void> {
  await em.nativeUpdate(DiscountEntity, { id, endedAt: null }, { endedAt: new Date(clock.now()) });
}
