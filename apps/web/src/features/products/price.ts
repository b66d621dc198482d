import { type Currency, type InputIssue, MAX_AMOUNT, Money, minorUnitDigits } from "@yumroad/contract";
import { check } from "../../components/check.ts";
import type { Checked } from "../../components/use-form.ts";

const AMOUNT = /^(-?)(?=[.,]?\d)(\d*)(?:[.,](\d*))?$/;
const SYMBOL = /^(-?)(\p{Sc})\s*|\s*(\p{Sc})$/u;
// Matches "1,000" and "19.990", and also "1,000.50" and "1 000".
const THOUSANDS = /^-?\d{1,3}(?:[.,\s'’]\d{3})+(?:[.,]\d*)?$/;

/**
 * Parses a price as people write it ("19.99", "19,99", ".5", "$5", "0") into the exact amount in minor units. Digits
 * are moved instead of multiplied, so nothing is rounded. Decimals that the currency does not have are an error, as is
 * "1,000", which could be a thousand or one.
 *
 * @example
 * parsePrice("19.99", "EUR");  // { ok: true, input: { amount: 1999, currency: "EUR" } }
 * parsePrice("19.999", "EUR"); // { ok: false, issues: [{ path: ["price"], … }] }
 */
export function parsePrice(text: string, currency: Currency): Checked<Money> {
  const trimmed = text.trim();
  if (trimmed === "") return fault("The price is missing; 0 makes it free");
  const symbol = SYMBOL.exec(trimmed);
  const written = symbol?.[2] ?? symbol?.[3];
  if (written !== undefined && written !== symbolOf(currency)) {
    return fault(`${written} is not how ${currency} is written: choose the currency beside the price`);
  }
  return parseAmount(trimmed.replace(SYMBOL, "$1"), currency);
}

function parseAmount(text: string, currency: Currency): Checked<Money> {
  const digits = minorUnitDigits(currency);
  const match = AMOUNT.exec(text);
  if (!match) {
    return THOUSANDS.test(text)
      ? fault("Write the price without anything between the thousands, like 1000")
      : fault("Write the price as a number, like 19.99");
  }
  const [, sign = "", whole = "", decimals = ""] = match;
  if (decimals.length > digits) {
    const most = digits === 0 ? `${currency} has no decimals` : `${currency} has at most ${digits} decimals`;
    const separator = text.includes(",") ? "comma" : "point";
    return fault(THOUSANDS.test(text) ? `${most}; for ${whole}${decimals}, leave out the ${separator}` : most);
  }
  const amount = Number(`${sign}${whole}${decimals.padEnd(digits, "0")}`);
  // Beyond exact numbers, the size is the problem.
  const money = check(Money, {
    amount: Number.isSafeInteger(amount) ? amount : Math.sign(amount) * (MAX_AMOUNT + 1),
    currency,
  });
  return money.ok ? money : { ok: false, issues: money.issues.map(({ message }) => ({ path: ["price"], message })) };
}

function symbolOf(currency: Currency): string | undefined {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return format.formatToParts(0).find(({ type }) => type === "currency")?.value;
}

/** An amount in the form in which it is typed: "19.99", "500" (yen). */
export function priceText({ amount, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  const text = String(amount).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function fault(message: string): { ok: false; issues: InputIssue[] } {
  return { ok: false, issues: [{ path: ["price"], message }] };
}
