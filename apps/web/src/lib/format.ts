import { type Money, minorUnitDigits } from "@yumroad/contract";

/** A price in the reader's locale: "€19.99"; nothing to pay is "Free". */
export function formatMoney({ amount, currency }: Money): string {
  if (amount === 0) return "Free";
  return new Intl.NumberFormat(undefined, { style: "currency", currency }).format(
    amount / 10 ** minorUnitDigits(currency),
  );
}

/** A day in the reader's locale and zone: "Nov 22, 2026". */
export function formatDate(timestamp: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(new Date(timestamp));
}

/** How long to wait: "in 5 minutes". Rounded up, so that it is never too early. */
export function formatWait(seconds: number): string {
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });
  if (seconds < 60) return words.format(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds < 3600) return words.format(Math.ceil(seconds / 60), "minute");
  return words.format(Math.ceil(seconds / 3600), "hour");
}
