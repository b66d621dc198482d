import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { PageWanted } from "../../platform/http/paging.ts";
import { DiscountEntity, type DiscountRow } from "./discount.entity.ts";

/** Discounts of a user's store, the newest first. */
export function listDiscounts(
  em: EntityManager,
  { ownerId, page }: { ownerId: string; page: PageWanted },
): Promise<DiscountRow[]> {
  const before = page.afterId === null ? {} : { id: { $lt: page.afterId } };
  const options = { orderBy: { id: "desc" }, limit: page.limit } as const;
  return em.find(DiscountEntity, { store: { owner: ownerId }, ...before }, options);
}

export interface ProductName {
  slug: string;
  name: string;
}

/** The products that discounts are restricted to, by the id of the discount. */
export async function productsOfDiscounts(
  em: EntityManager,
  discounts: readonly Pick<DiscountRow, "id">[],
): Promise<Map<string, ProductName[]>> {
  const products = new Map<string, ProductName[]>(discounts.map(({ id }) => [id, []]));
  if (discounts.length === 0) return products;
  const places = discounts.map(() => "?").join(", ");
  const sql = `select d.discount_id as "discountId", p.slug as "slug", p.name as "name"
    from discount_products d join products p on p.id = d.product_id where d.discount_id in (${places}) order by p.id`;
  const rows = await readRows<ProductName & { discountId: string }>(
    em,
    sql,
    discounts.map(({ id }) => id),
  );
  for (const { discountId, ...product } of rows) products.get(discountId)?.push(product);
  return products;
}
