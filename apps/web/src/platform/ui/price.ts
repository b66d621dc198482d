import { CURRENCIES, type Currency, currencyRules, type FieldFault, MAX_AMOUNT, Money, Price } from "@yumroad/contract";
import { priceWords } from "../../words/price.ts";
import { check } from "./check.ts";
import type { Checked } from "./use-form.ts";

/** No price is as long. The patterns below take long on a long text. */
const MAX_LENGTH = 40;
/** A number, with its currency before or after it: "€5", "kr. 5", "5 EUR". A point before a digit belongs to the number. */
const PRICE = /^([-−]?)\s*([\p{L}\p{Sc}]+(?:\.(?=\s))?)?\s*([\d.,'’\s]*?)\s*(?:([\p{L}\p{Sc}]+)\.?)?$/u;
const PLAIN = /^(?=[.,]?\d)(\d*)(?:([.,])(\d*))?$/;
/** A number with separators between its thousands, and another one before its decimals. */
const GROUPED = /^([1-9]\d{0,2}(?:([.,'’\s])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/;
const SINGLE_GROUP = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Parses a price as people write it ("19.99", "19,99", ".5", "1,000", "1.000,50", "€5", "5 EUR") into the exact amount in
 * minor units. Digits are moved instead of multiplied, so nothing is rounded. Decimals that the currency does not have
 * are an error, as is "1.000", which could be a thousand or one.
 *
 * @param schema `Money` for an amount whose limits are others than those of a price.
 * @example
 * parsePrice("19.99", "EUR");  // { ok: true, input: { amount: 1999, currency: "EUR" } }
 * parsePrice("19.999", "EUR"); // { ok: false, issues: [{ path: ["price"], … }] }
 */
export function parsePrice(
  text: string,
  currency: Currency,
  schema: typeof Money | typeof Price = Price,
): Checked<Money> {
  if (text.trim() === "") return fault(priceWords.price.missing, "price");
  return parseMoney(text, { currency, schema, field: "price" });
}

/** Parses an amount of money that is no product's price: its currency is fixed, and it may be less than any charge. */
export function parseAmount(text: string, currency: Currency): Checked<Money> {
  if (text.trim() === "") return fault(priceWords.amount.missing, "amount");
  return parseMoney(text, { currency, schema: Money, field: "amount" });
}

interface MoneyField {
  currency: Currency;
  schema: typeof Money | typeof Price;
  /** The field that faults are of. Only a price has a currency that can be changed. */
  field: "price" | "amount";
}

function parseMoney(text: string, as: MoneyField): Checked<Money> {
  const { currency, field } = as;
  const trimmed = text.trim();
  const [, sign = "", before, number = "", after] = (trimmed.length <= MAX_LENGTH && PRICE.exec(trimmed)) || [];
  for (const label of [before, after]) {
    if (label === undefined || isNameOf(currency, label)) continue;
    if (!CURRENCIES.some((other) => isNameOf(other, label))) return fault(notANumber(currency), field);
    return fault(priceWords[field].otherCurrency(currency, label), field);
  }
  return parseNumber(number, { ...as, isNegative: sign !== "" });
}

function parseNumber(
  text: string,
  { isNegative, currency, schema, field }: MoneyField & { isNegative: boolean },
): Checked<Money> {
  const { digits, decimals: most } = currencyRules(currency);
  const [whole, decimals] = splitNumber(text) ?? [];
  if (whole === undefined || decimals === undefined) return fault(notANumber(currency), field);
  if (decimals.length > digits) {
    const words = most === 0 ? priceWords.whole : priceWords.decimals(most);
    return fault(SINGLE_GROUP.test(text) ? priceWords.orThousands(words, `${whole}${decimals}`) : words, field);
  }
  const size = Number(`${whole}${decimals.padEnd(digits, "0")}`);
  // Beyond exact numbers, the size is the problem.
  const amount = Number.isSafeInteger(size) ? size : MAX_AMOUNT + 1;
  if (isNegative && amount > 0) return fault(priceWords[field].negative, field);
  const price = check(schema, { amount, currency });
  return price.ok ? price : { ok: false, issues: price.issues.map(({ message }) => ({ path: [field], message })) };
}

/** The digits before and after the decimal separator, or null. A comma before three last digits separates thousands. */
function splitNumber(text: string): [whole: string, decimals: string] | null {
  const [, plain, separator, decimals = ""] = PLAIN.exec(text) ?? [];
  const isThousands = separator === "," && SINGLE_GROUP.test(text);
  if (plain !== undefined) return isThousands ? [plain + decimals, ""] : [plain, decimals];
  const [, grouped, , rest = ""] = GROUPED.exec(text) ?? [];
  return grouped === undefined ? null : [grouped.replace(/\D/g, ""), rest];
}

/** Whether a text is the code, a sign or a word of a currency: "EUR", "€", "euros". Case does not count. */
function isNameOf(currency: Currency, text: string): boolean {
  const names = namesByCurrency.get(currency) ?? namesOf(currency);
  namesByCurrency.set(currency, names);
  return names.includes(text.replace(/\.$/, "").toLowerCase());
}

/** Kept, because a price is parsed at each key, and formats take long to make. */
const namesByCurrency = new Map<Currency, string[]>();

function namesOf(currency: Currency): string[] {
  const ask = (currencyDisplay: "symbol" | "narrowSymbol" | "name", locale = "en", amount = 2) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay })
      .formatToParts(amount)
      .find(({ type }) => type === "currency")?.value ?? currency;
  // Outside of the United States, "$" of USD is "US$".
  const signs = [ask("narrowSymbol"), ask("symbol"), ask("symbol", "en-001")];
  const words = [ask("name"), ask("name", "en", 1)].map((name) => name.split(" ").at(-1) ?? name);
  return [currency, ...signs, ...words].map((name) => name.toLowerCase());
}

function notANumber(currency: Currency): string {
  return priceWords.notANumber(currencyRules(currency).decimals === 0 ? "1990" : "19.99");
}

function fault(message: string, field: MoneyField["field"]): { ok: false; issues: FieldFault[] } {
  return { ok: false, issues: [{ path: [field], message }] };
}
