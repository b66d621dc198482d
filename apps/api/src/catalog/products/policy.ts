import type { Context } from "../../platform/http/context.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { findOfOwner, type ProductInFull } from "./queries.ts";

interface OwnProductInput {
  user: { id: string };
  slug: string;
}

/**
 * Finds a product of this user, to be read, changed or deleted. Null: the product does not exist or belongs to another
 * user.
 */
export async function ownProduct(
  { em }: Pick<Context, "em">,
  { user, slug }: OwnProductInput,
): Promise<Owned<ProductInFull> | null> {
  const product = await findOfOwner(em, user.id, slug);
  return product && asOwned(product);
}
