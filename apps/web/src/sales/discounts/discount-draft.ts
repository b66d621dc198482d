import {
  DiscountChanges as ChangesSchema,
  CURRENCIES,
  type Currency,
  type Discount,
  type DiscountChanges,
  type DiscountInput,
  DiscountInput as Schema,
} from "@yumroad/contract";
import { check } from "../../platform/ui/check.ts";
import { parseAmount } from "../../platform/ui/price.ts";
import type { Checked } from "../../platform/ui/use-form.ts";

export const PERCENT = "percent";

/** A discount code as it is typed. */
export interface DiscountDraft {
  code: string;
  value: string;
  /** `percent`, or a currency. */
  unit: string;
  /** Slugs of products with spaces between them; empty: all. */
  products: string;
  /** In the time zone of this device; empty: none. */
  startsAt: string;
  endsAt: string;
  maxUses: string;
  perBuyer: string;
  [name: string]: string;
}

export const emptyDraft: DiscountDraft = {
  ...{ code: "", value: "", unit: PERCENT, products: "", startsAt: "", endsAt: "", maxUses: "", perBuyer: "" },
};

export function slugsIn(products: string): string[] {
  return products.split(" ").filter(Boolean);
}

/** The fields of the form that parts of the input are typed into. */
const FIELDS: Readonly<Record<string, string>> = { off: "value" };

/** A draft as the contract's input, or all of its problems. */
export function checkDiscount(draft: DiscountDraft): Checked<DiscountInput> {
  const off = parseOff(draft);
  const input = check(Schema, {
    code: draft.code,
    ...{ off: off.ok ? off.input : PLACEHOLDER, products: slugsIn(draft.products) },
    ...{ startsAt: parseMoment(draft.startsAt), endsAt: parseMoment(draft.endsAt) },
    ...{ maxUses: parseCount(draft.maxUses), perBuyer: parseCount(draft.perBuyer) },
  });
  const issues = [
    ...(input.ok ? [] : input.issues),
    ...(off.ok ? [] : off.issues.map(({ message }) => ({ path: ["value"], message }))),
  ].map(({ path: [first, ...rest], message }) => ({
    path: [FIELDS[String(first)] ?? first ?? "", ...rest],
    message,
  }));
  return input.ok && issues.length === 0 ? input : { ok: false, issues };
}

/** When and how often a discount can be used, as it is typed; the fields are those of `DiscountDraft`. */
export interface DiscountLimits {
  startsAt: string;
  endsAt: string;
  maxUses: string;
  perBuyer: string;
  [name: string]: string;
}

export function limitsOf({ startsAt, endsAt, maxUses, perBuyer }: Discount): DiscountLimits {
  return {
    ...{ startsAt: typedMoment(startsAt), endsAt: typedMoment(endsAt) },
    ...{ maxUses: maxUses === null ? "" : String(maxUses), perBuyer: perBuyer === null ? "" : String(perBuyer) },
  };
}

/** Changes as the contract's input. A date that is as before is left out, since the field has no seconds. */
export function checkChanges(initial: DiscountLimits, limits: DiscountLimits): Checked<DiscountChanges> {
  const { startsAt, endsAt, maxUses, perBuyer } = limits;
  return check(ChangesSchema, {
    ...(startsAt === initial.startsAt ? {} : { startsAt: parseMoment(startsAt) }),
    ...(endsAt === initial.endsAt ? {} : { endsAt: parseMoment(endsAt) }),
    ...{ maxUses: parseCount(maxUses), perBuyer: parseCount(perBuyer) },
  });
}

/** A moment in the form of its field, in the time zone of this device. */
function typedMoment(at: string | null): string {
  if (at === null) return "";
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Stands for a discount that can't be read, so that the other fields are checked too. */
const PLACEHOLDER = { kind: "percent", percent: 1 };

function parseOff({ value, unit }: DiscountDraft): Checked<unknown> {
  if (unit === PERCENT)
    return { ok: true, input: { kind: "percent", percent: parseCount(value.replace(/\s*%\s*$/, "")) } };
  const amount = parseAmount(value, currencyOf(unit));
  return amount.ok ? { ok: true, input: { kind: "amount", amount: amount.input } } : amount;
}

function currencyOf(unit: string): Currency {
  return CURRENCIES.find((currency) => currency === unit) ?? CURRENCIES[0];
}

/** A whole number; null: none. What is no number is refused by the contract. */
function parseCount(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** A moment in UTC; null: none. What is no date is refused by the contract. */
function parseMoment(text: string): string | null {
  if (text === "") return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}
