import type { ProductChange } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { ProductEntity } from "./product.entity.ts";
import { findOfOwner, type ProductInFull } from "./queries.ts";
import { tokenizeText } from "./tokenize-text.ts";

export type ChangeProductOutcome = { kind: "changed"; product: ProductInFull } | { kind: "changed_meanwhile" };

interface Parts {
  em: EntityManager;
  clock: Clock;
}

/**
 * Changes a product its owner has looked at. `product` is what the owner check found; of two changes to the same
 * version one wins, and the other is told. The slug stays, whatever the name becomes: addresses do not break.
 */
export async function changeProduct(
  { em, clock }: Parts,
  { ownerId, product }: { ownerId: string; product: ProductInFull },
  change: ProductChange,
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
      // Who says what its status is means it, whatever an undone deletion would have made of it.
      ...(change.status !== undefined && { withdrawnAt: null }),
      version: product.version + 1,
    },
  );
  const now = changed === 1 ? await findOfOwner(em, ownerId, product.slug) : null;
  return now ? { kind: "changed", product: now } : { kind: "changed_meanwhile" };
}
