import type { FindingCode } from "../../words/payment-findings.ts";

/**
 * Something that a check of the payments has found. `red` keeps the shop from taking real money, `amber` needs a look,
 * `good` is as it should be.
 */
export interface PaymentFinding {
  code: FindingCode;
  level: "red" | "amber" | "good";
  /** What the words name: an address, a number, names of events. */
  params?: Readonly<Record<string, string>>;
}
