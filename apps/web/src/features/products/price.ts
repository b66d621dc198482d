import { type Currency, type InputIssue, Money, minorUnitDigits } from "@yumroad/contract";
import { check } from "../../components/check.ts";
import type { Checked } from "../../components/use-form.ts";

const AMOUNT = /^(-?)(\d+)(?:[.,](\d+))?$/;

/**
 * A price as people write it ("19.99", "19,99", "0") to the exact amount in minor units. Digits are moved, not
 * multiplied, so nothing is ever rounded; decimals that the currency does not have are an error (as is "1,000", which
 * could be a thousand or one).
 *
 * @example
 * parsePrice("19.99", "EUR");  // { ok: true, input: { amount: 1999, currency: "EUR" } }
 * parsePrice("19.999", "EUR"); // { ok: false, issues: [{ path: ["price"], … }] }
 */
export function parsePrice(text: string, currency: Currency): Checked<Money> {
  const trimmed = text.trim();
  if (trimmed === "") return fault("The price is missing; 0 makes it free");
  const match = AMOUNT.exec(trimmed);
  if (!match) return fault("Write the price as a number, like 19.99");
  const [, sign = "", whole = "", decimals = ""] = match;
  const digits = minorUnitDigits(currency);
  if (decimals.length > digits) {
    return fault(digits === 0 ? `${currency} has no decimals` : `${currency} has at most ${digits} decimals`);
  }
  const amount = Number(`${sign}${whole}${decimals.padEnd(digits, "0")}`);
  const money = check(Money, { amount, currency });
  return money.ok ? money : { ok: false, issues: money.issues.map(({ message }) => ({ path: ["price"], message })) };
}

/** An amount as somebody would have typed it, so that it can be typed over: "19.99", "500" (yen). */
export function priceText({ amount, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  const text = String(amount).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function fault(message: string): { ok: false; issues: InputIssue[] } {
  return { ok: false, issues: [{ path: ["price"], message }] };
}
