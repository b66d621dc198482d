import { CURRENCIES, type Currency, NewProduct, type ProductField } from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../components/check.ts";
import { parsePrice } from "../../components/price.ts";
import type { Checked } from "../../components/use-form.ts";

/** The form of an existing product, in its order: every value is text, valid or not. */
export const EditDraft = z.strictObject({
  name: z.string(),
  price: z.string(),
  currency: z.string(),
  description: z.string(),
  status: z.string(),
} satisfies Record<ProductField | "currency", z.ZodMiniString>);
export type EditDraft = z.infer<typeof EditDraft>;

/** The form of a new product: its status comes from the pressed button. */
export const ProductDraft = z.omit(EditDraft, { status: true });
export type ProductDraft = z.infer<typeof ProductDraft>;

/** A new product with the name of the store that it opens; empty for a seller who has a store. */
export const NewProductDraft = z.extend(ProductDraft, { storeName: z._default(z.string(), "") });
export type NewProductDraft = z.infer<typeof NewProductDraft>;

export const EMPTY_DRAFT: ProductDraft = { name: "", description: "", price: "", currency: CURRENCIES[0] };

export function isEmptyDraft(draft: ProductDraft): boolean {
  return draft.name === "" && draft.description === "" && draft.price === "";
}

export function currencyOf(draft: ProductDraft): Currency {
  return CURRENCIES.find((currency) => currency === draft.currency) ?? CURRENCIES[0];
}

/** The draft as the contract's input, or all of its problems. */
export function checkDraft(draft: ProductDraft, status: string, storeName?: string): Checked<NewProduct> {
  const { name, description } = draft;
  const price = parsePrice(draft.price, currencyOf(draft));
  const stand = { amount: 0, currency: currencyOf(draft) };
  const product = check(NewProduct, {
    name,
    description,
    status,
    price: price.ok ? price.input : stand,
    ...(storeName !== undefined && { storeName }),
  });
  if (product.ok && price.ok) return product;
  return { ok: false, issues: [...(product.ok ? [] : product.issues), ...(price.ok ? [] : price.issues)] };
}
