import { amountText, ProductChange, type ProductField } from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../platform/ui/check.ts";
import { parsePrice } from "../../platform/ui/price.ts";
import type { Checked } from "../../platform/ui/use-form.ts";
import type { VersionedProduct } from "./api.ts";
import { currencyOf, EditDraft, parseSuggestion, parseTerms, standInTerms } from "./product-draft.ts";

/** A version of the product, with which the form was filled. */
export const Version = z.strictObject({ draft: EditDraft, version: z.string() });
export type Version = z.infer<typeof Version>;

/** My input in the parts for which another user's version was chosen: it is there to come back to until all is saved. */
const Aside = z.strictObject({
  name: z.optional(z.string()),
  price: z.optional(z.string()),
  currency: z.optional(z.string()),
  pricing: z.optional(z.string()),
  suggestedAmount: z.optional(z.string()),
  description: z.optional(z.string()),
  status: z.optional(z.string()),
} satisfies Record<keyof EditDraft, unknown>);
export type Aside = z.infer<typeof Aside>;

/**
 * The stored state of a form: the input, the version it was based on (to notice a change in between), the change that the
 * user was already told about, and their own input in the fields where they chose that change.
 */
export const KeptEdit = z.strictObject({
  draft: EditDraft,
  base: Version,
  theirs: z.nullable(Version),
  aside: z._default(Aside, {}),
});
export type KeptEdit = z.infer<typeof KeptEdit>;

export function versionOf({ product, version }: VersionedProduct): Version {
  const { name, description, price, pricing, suggestedAmount, status } = product;
  const { currency } = price;
  const suggestion = suggestedAmount === null ? "" : amountText({ amount: suggestedAmount, currency });
  const terms = { price: amountText(price), currency, pricing, suggestedAmount: suggestion };
  return { draft: { name, ...terms, description, status }, version };
}

/** Fields as the user sees them, in the form's order: an amount and its currency are one price. */
const FIELDS = Object.keys(EditDraft.shape).filter((part) => part !== "currency") as ProductField[];

/** The fields that differ in meaning: "19,99" equals "19.99", and blanks around a text do not count. */
export function differences(one: EditDraft, other: EditDraft): ProductField[] {
  return FIELDS.filter((field) => meaningOf(one, field) !== meaningOf(other, field));
}

/** Merges another user's change into a draft: fields that were not touched here take the other's value. */
export function merge({ base, mine, theirs }: { base: EditDraft; mine: EditDraft; theirs: EditDraft }): EditDraft {
  const touched = differences(mine, base);
  const untouched = FIELDS.filter((field) => !touched.includes(field));
  return take(untouched, { mine, theirs });
}

/** My draft with their values of these fields. */
export function take(
  fields: readonly ProductField[],
  { mine, theirs }: { mine: EditDraft; theirs: EditDraft },
): EditDraft {
  const taken = fields.flatMap(partsOf).map((part) => [part, theirs[part]]);
  return { ...mine, ...Object.fromEntries(taken) };
}

/** The draft with what was put aside, except in fields that were typed over since. */
export function withAside(draft: EditDraft, { aside, theirs }: { aside: Aside; theirs: EditDraft }): EditDraft {
  const typedOver = differences(draft, theirs).flatMap(partsOf);
  return { ...draft, ...Object.fromEntries(Object.entries(aside).filter(([part]) => !isOneOf(typedOver, part))) };
}

/** These fields of the draft, to be put aside. */
export function putAside(fields: readonly ProductField[], draft: EditDraft): Aside {
  return Object.fromEntries(fields.flatMap(partsOf).map((part) => [part, draft[part]]));
}

function isOneOf(parts: readonly string[], part: string): boolean {
  return parts.includes(part);
}

interface TheirChanges {
  /** Fields that both changed, to different values: the user has to decide. */
  clashing: ProductField[];
  /** Fields that were taken over from the other change. */
  taken: ProductField[];
}

/** Sorts another user's changes by their conflict with the form. */
export function theirChanges(drafts: { base: EditDraft; mine: EditDraft; theirs: EditDraft }): TheirChanges {
  const changed = differences(drafts.base, drafts.theirs);
  const different = differences(drafts.mine, drafts.theirs);
  return {
    clashing: changed.filter((field) => different.includes(field)),
    taken: changed.filter((field) => !different.includes(field)),
  };
}

function partsOf(field: ProductField): (keyof EditDraft)[] {
  return field === "price" ? ["price", "currency"] : [field];
}

function meaningOf(draft: EditDraft, field: ProductField): string {
  if (field === "suggestedAmount") return meaningOfSuggestion(draft);
  if (field !== "price") return draft[field].trim();
  const price = parsePrice(draft.price, currencyOf(draft));
  return `${price.ok ? price.input.amount : draft.price} ${draft.currency}`;
}

function meaningOfSuggestion(draft: EditDraft): string {
  const amount = parseSuggestion(draft);
  if (amount.ok && amount.input === null) return "";
  return `${amount.ok ? amount.input : draft.suggestedAmount} ${draft.currency}`;
}

const TERMS: readonly ProductField[] = ["price", "pricing", "suggestedAmount"];

/**
 * These fields of the draft as the contract's input, or all of their problems. Other fields are not sent, and so not
 * checked: a stored price may be lower than a new one can be. What the product costs is checked as a whole.
 */
export function checkEdit(draft: EditDraft, fields: readonly ProductField[]): Checked<ProductChange> {
  if (fields.length === 0) return { ok: true, input: {} };
  const stand = standInTerms(draft);
  const terms = fields.some((field) => TERMS.includes(field))
    ? parseTerms(draft)
    : ({ ok: true, input: stand } as const);
  const values = { ...draft, ...(terms.ok ? terms.input : stand) };
  const checked = check(ProductChange, Object.fromEntries(fields.map((field) => [field, values[field]])));
  if (checked.ok && terms.ok) return checked;
  return { ok: false, issues: [...(checked.ok ? [] : checked.issues), ...(terms.ok ? [] : terms.issues)] };
}
