import * as z from "zod/mini";
import { Money } from "./money.ts";

/** Sums of sales in one currency. `gross` is what buyers paid, refunds of any time not taken off. */
export const SalesSum = z.strictObject({ orders: z.int(), gross: Money, refunded: Money });
export type SalesSum = z.infer<typeof SalesSum>;

/** A sum for each currency that anything was sold in, the one with the most orders first. */
const SalesSums = z.array(SalesSum);

export const SalesDay = z.strictObject({
  /** A day of the asked time zone, as 2026-11-30. */
  date: z.iso.date(),
  sums: SalesSums,
});
export type SalesDay = z.infer<typeof SalesDay>;

export const BestSeller = z.strictObject({ name: z.string(), slug: z.string(), orders: z.int(), gross: Money });
export type BestSeller = z.infer<typeof BestSeller>;

/** Sales of a store. Each period ends now; "today" begins at midnight in the asked time zone. */
export const SalesSummary = z.strictObject({
  today: SalesSums,
  last7Days: SalesSums,
  last28Days: SalesSums,
  allTime: SalesSums,
  /** The last 28 days, the oldest first, today included. */
  days: z.array(SalesDay),
  /** The five products with the most orders of the last 28 days. */
  bestSellers: z.array(BestSeller),
});
export type SalesSummary = z.infer<typeof SalesSummary>;

/** A time zone that `Intl` knows, such as Europe/Lisbon. */
export const TimeZone = z
  .string()
  .check(z.maxLength(64, "The time zone is too long"), z.refine(isTimeZone, "That time zone is not one we know"));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
