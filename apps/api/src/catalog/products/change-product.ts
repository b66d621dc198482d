import type { ProductChange } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ProductEntity } from "./product.entity.ts";
import { findById, type ProductInFull } from "./queries.ts";
import { tokenizeText } from "./tokenize-text.ts";

interface ChangeProductInput {
  /** The product as `ownProduct` has read it. */
  product: Owned<ProductInFull>;
  change: ProductChange;
}

export type ChangeProductOutcome = { kind: "changed"; product: ProductInFull } | { kind: "changed_meanwhile" };

/**
 * Changes a product. If another request has changed or deleted it after `product` was read, returns
 * `changed_meanwhile`. The slug stays when the name changes, so that links to the product keep working.
 */
export async function changeProduct(
  { em, clock }: Pick<Context, "em" | "clock">,
  { product, change }: ChangeProductInput,
): Promise<ChangeProductOutcome> {
  const { name = product.name, description = product.description, price, status = product.status } = change;
  const changed = await em.nativeUpdate(
    ProductEntity,
    { id: product.id, version: product.version },
    {
      name,
      description,
      status,
      priceAmount: price?.amount ?? product.priceAmount,
      priceCurrency: price?.currency ?? product.priceCurrency,
      searchText: tokenizeText(`${name}\n${description}`).join(" "),
      updatedAt: new Date(clock.now()),
      // A status that the owner sets clears `withdrawnAt`, because `republishProducts` then skips the product and the
      // status stays.
      ...(change.status !== undefined && { withdrawnAt: null }),
      version: product.version + 1,
    },
  );
  const now = changed === 1 ? await findById(em, product.id) : null;
  return now ? { kind: "changed", product: now } : { kind: "changed_meanwhile" };
}
