import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { DiscountEntity, type DiscountRow } from "./discount.entity.ts";

/** Finds a discount of the user's own store. Null: there is none, or it is of another store. */
export async function ownDiscount(
  em: EntityManager,
  { user, id }: { user: Pick<User, "id">; id: string },
): Promise<Owned<DiscountRow> | null> {
  const discount = await em.findOne(DiscountEntity, { id, store: { owner: user.id } });
  return discount && asOwned(discount);
}
