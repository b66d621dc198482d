import {
  CURRENCIES,
  type Currency,
  type FieldFault,
  Money,
  NewProduct,
  Price,
  type Pricing,
  type ProductField,
  type Terms,
  termsIssues,
} from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../platform/ui/check.ts";
import { parseAmount, parsePrice } from "../../platform/ui/price.ts";
import type { Checked } from "../../platform/ui/use-form.ts";

/** The form of an existing product, in its order: every value is text, valid or not. */
export const EditDraft = z.strictObject({
  name: z.string(),
  price: z.string(),
  currency: z.string(),
  // Drafts that were kept before there was a choice have neither.
  pricing: z._default(z.string(), "fixed"),
  suggestedAmount: z._default(z.string(), ""),
  description: z.string(),
  status: z.string(),
} satisfies Record<ProductField | "currency", z.ZodMiniType<string>>);
export type EditDraft = z.infer<typeof EditDraft>;

/** The form of a new product: its status comes from the pressed button. */
export const ProductDraft = z.omit(EditDraft, { status: true });
export type ProductDraft = z.infer<typeof ProductDraft>;

/** A new product with the name of the store that it opens; empty for a seller who has a store. */
export const NewProductDraft = z.extend(ProductDraft, { storeName: z._default(z.string(), "") });
export type NewProductDraft = z.infer<typeof NewProductDraft>;

export const EMPTY_DRAFT: ProductDraft = {
  ...{ name: "", description: "" },
  ...{ price: "", currency: CURRENCIES[0], pricing: "fixed", suggestedAmount: "" },
};

export function isEmptyDraft(draft: ProductDraft): boolean {
  return draft.name === "" && draft.description === "" && draft.price === "";
}

export function currencyOf(draft: ProductDraft): Currency {
  return CURRENCIES.find((currency) => currency === draft.currency) ?? CURRENCIES[0];
}

export function pricingOf({ pricing }: ProductDraft): Pricing {
  return pricing === "pay_what_you_want" ? pricing : "fixed";
}

/** What the product costs, or all problems of it. With a fixed price, the field of the suggestion is not shown. */
export function parseTerms(draft: ProductDraft): Checked<Terms> {
  const pricing = pricingOf(draft);
  const price = parsePrice(draft.price, currencyOf(draft), pricing === "fixed" ? Price : Money);
  const suggestion = parseSuggestion(draft);
  if (!price.ok || !suggestion.ok)
    return { ok: false, issues: [...(price.ok ? [] : price.issues), ...(suggestion.ok ? [] : suggestion.issues)] };
  const terms = { price: price.input, pricing, suggestedAmount: suggestion.input };
  const issues = termsIssues(terms);
  return issues.length === 0 ? { ok: true, input: terms } : { ok: false, issues };
}

/** The suggested amount of a draft; null: none. */
export function parseSuggestion(draft: ProductDraft): Checked<number | null> {
  const text = draft.suggestedAmount;
  if (pricingOf(draft) === "fixed" || text.trim() === "") return { ok: true, input: null };
  const parsed = parseAmount(text, currencyOf(draft));
  if (parsed.ok) return { ok: true, input: parsed.input.amount };
  const issues: FieldFault[] = parsed.issues.map(({ message }) => ({ path: ["suggestedAmount"], message }));
  return { ok: false, issues };
}

/** Terms that are valid in themselves, so that the other fields are checked as well. */
export function standInTerms(draft: ProductDraft): Terms {
  return { price: { amount: 0, currency: currencyOf(draft) }, pricing: "fixed", suggestedAmount: null };
}

/** The draft as the contract's input, or all of its problems. */
export function checkDraft(draft: ProductDraft, status: string, storeName?: string): Checked<NewProduct> {
  const { name, description } = draft;
  const terms = parseTerms(draft);
  const product = check(NewProduct, {
    ...{ name, description, status },
    ...(terms.ok ? terms.input : standInTerms(draft)),
    ...(storeName !== undefined && { storeName }),
  });
  if (product.ok && terms.ok) return product;
  return { ok: false, issues: [...(product.ok ? [] : product.issues), ...(terms.ok ? [] : terms.issues)] };
}
