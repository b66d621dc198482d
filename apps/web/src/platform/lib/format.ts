import {
  type AnyMoney,
  anyMoneyText,
  CURRENCIES,
  currencyRules,
  decimalsOf,
  type Money,
  type Pricing,
} from "@yumroad/contract";
import { moneyWords as words } from "../../words/money.ts";

/** A price in the reader's locale: "€19.99", or "Free" for zero. */
export function formatMoney(money: Money): string {
  return money.amount === 0 ? words.free : formatAmount(money);
}

/** An amount in the reader's locale: "€19.99", "€0.00". */
export function formatAmount(money: Money): string {
  const { amount, currency } = money;
  const decimals = decimalsOf(money);
  const key = `${currency} ${decimals}`;
  const format =
    amountFormats.get(key) ??
    new Intl.NumberFormat(undefined, {
      style: "currency",
      currency,
      // Of its own, `Intl` gives HUF two decimals or none, depending on its version.
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  amountFormats.set(key, format);
  return format.format(amount / 10 ** currencyRules(currency).digits);
}

/** The same of money that may be in any currency. Of one that is none of the shop's, the decimals are not known. */
export function formatAnyAmount({ amount, currency }: AnyMoney): string {
  const known = CURRENCIES.find((one) => one === currency);
  return known ? formatAmount({ amount, currency: known }) : anyMoneyText({ amount, currency });
}

/** Kept, because a list has many prices, and formats take long to make. */
const amountFormats = new Map<string, Intl.NumberFormat>();

/** What a product costs: "€19.99", "€5.00+" where buyers name the price, "Pay what you want" if that may be nothing. */
export function formatPrice({ price, pricing }: { price: Money; pricing: Pricing }): string {
  if (pricing !== "pay_what_you_want") return formatMoney(price);
  return price.amount === 0 ? words.payWhatYouWant : words.atLeast(formatMoney(price));
}

/** A day in the reader's locale and time zone: "Nov 22, 2026". */
export function formatDate(timestamp: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(new Date(timestamp));
}

/** A day that is no moment, such as 2026-11-22, in the reader's locale: "Nov 22". */
export function formatDay(date: string): string {
  return new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(date));
}

export function formatNumber(number: number): string {
  return new Intl.NumberFormat().format(number);
}

const BYTE_UNITS = [
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
] as const;

/** A number of bytes in the reader's locale: "2.4 MB". */
export function formatBytes(bytes: number): string {
  const [unit, size] = BYTE_UNITS.find(([, least]) => bytes >= least) ?? ["kilobyte", 1e3];
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    // A few bytes are shown as one tenth, and none as none.
    bytes === 0 ? 0 : Math.max(0.1, bytes / size),
  );
}

/** A length of time in the reader's locale, rounded up: "2 minutes". */
export function formatDuration(seconds: number): string {
  const [unit, length] = UNITS.find(([, least]) => seconds > least) ?? ["second", 1];
  const count = Math.max(1, Math.ceil(seconds / length));
  return new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** A time in the reader's locale and time zone: "Nov 22, 2026, 3:04 PM". */
export function formatMoment(timestamp: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(timestamp));
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** A relative time: "5 minutes ago", "yesterday". Rounded down; less than a minute ago is now. */
export function formatAgo(timestamp: string, nowMs: number): string {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const seconds = Math.max(0, (nowMs - Date.parse(timestamp)) / 1000);
  for (const [unit, length] of UNITS) if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return format.format(0, "second");
}

/** A wait: "in 5 minutes". Rounded up, so that it is never too early. */
export function formatWait(seconds: number): string {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });
  if (seconds < 60) return format.format(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 3600) return format.format(Math.ceil(seconds / 60), "minute");
  if (seconds < 48 * 3600) return format.format(Math.ceil(seconds / 3600), "hour");
  return format.format(Math.ceil(seconds / 86_400), "day");
}
