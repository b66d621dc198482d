import type { Context } from "../../platform/http/context.ts";
import { asOwned, type Owned } from "../../platform/lib/owned.ts";
import { findOfOwner, type ProductInFull } from "./queries.ts";

interface OwnProductInput {
  user: { id: string };
  slug: string;
}

/** A user's own product, to look into, to change or to delete. Null: there is none, or it is somebody else's. */
export async function ownProduct(
  { em }: Pick<Context, "em">,
  { user, slug }: OwnProductInput,
): Promise<Owned<ProductInFull> | null> {
  const product = await findOfOwner(em, user.id, slug);
  return product && asOwned(product);
}
