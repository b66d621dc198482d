import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { findSale, type SaleRow } from "./queries.ts";

/** Finds an order of the user's own store. Null: there is none, or it is of another store. */
export async function ownSale(
  em: EntityManager,
  { user, ref }: { user: Pick<User, "id">; ref: string },
): Promise<Owned<SaleRow> | null> {
  const sale = await findSale(em, user.id, ref);
  return sale && asOwned(sale);
}
