import { type ProductChange, type ProductField, ProductStatus } from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../components/check.ts";
import type { Checked } from "../../components/use-form.ts";
import type { OwnProduct } from "./api.ts";
import { parsePrice, priceText } from "./price.ts";
import { checkDraft, currencyOf, EditDraft } from "./product-draft.ts";

/** A version of the product: what the form was filled with. */
export const Version = z.strictObject({ draft: EditDraft, version: z.string() });
export type Version = z.infer<typeof Version>;

/**
 * What is kept of a form: what is typed, what it was typed over, so that a change in between is noticed, and the change
 * that was told already.
 */
export const KeptEdit = z.strictObject({ draft: EditDraft, base: Version, theirs: z.nullable(Version) });
export type KeptEdit = z.infer<typeof KeptEdit>;

export function versionOf({ product, version }: OwnProduct): Version {
  const { name, description, price, status } = product;
  return { draft: { name, description, price: priceText(price), currency: price.currency, status }, version };
}

/** What a person sees as one field, in the order of the form: an amount and its currency are one price. */
const FIELDS = Object.keys(EditDraft.shape).filter((part) => part !== "currency") as ProductField[];

/** The fields in which two drafts mean something else: "19,99" is "19.99", and blanks around a text are none. */
export function differences(one: EditDraft, other: EditDraft): ProductField[] {
  return FIELDS.filter((field) => meaningOf(one, field) !== meaningOf(other, field));
}

/** What becomes of a draft when somebody else saves meanwhile: what was not touched here is as they left it. */
export function merge({ base, mine, theirs }: { base: EditDraft; mine: EditDraft; theirs: EditDraft }): EditDraft {
  const touched = differences(mine, base);
  const untouched = FIELDS.filter((field) => !touched.includes(field));
  return take(untouched, { mine, theirs });
}

/** My draft with these fields of theirs. */
export function take(
  fields: readonly ProductField[],
  { mine, theirs }: { mine: EditDraft; theirs: EditDraft },
): EditDraft {
  const taken = fields.flatMap(partsOf).map((part) => [part, theirs[part]]);
  return { ...mine, ...Object.fromEntries(taken) };
}

interface TheirChanges {
  /** Both changed them, and not to the same: these are asked about. */
  clashing: ProductField[];
  /** My form has them as they left them. */
  taken: ProductField[];
}

/** Sorts what somebody else changed by what my form says to it. */
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
  if (field !== "price") return draft[field].trim();
  const price = parsePrice(draft.price, currencyOf(draft));
  return `${price.ok ? price.input.amount : draft.price} ${draft.currency}`;
}

/** The draft as the contract wants it: everything that could change, or all that is wrong with it at once. */
export function checkEdit({ status, ...draft }: EditDraft): Checked<Required<ProductChange>> {
  const product = checkDraft(draft, "draft");
  if (!product.ok) return product;
  const checked = check(ProductStatus, status);
  return checked.ok ? { ok: true, input: { ...product.input, status: checked.input } } : checked;
}

/** Of all that could change, what is to: the server takes nothing else for changed. */
export function changeOf(input: Required<ProductChange>, fields: readonly ProductField[]): ProductChange {
  return Object.fromEntries(fields.map((field) => [field, input[field]])) as ProductChange;
}
