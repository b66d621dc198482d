import type { ProductChange } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ProductEntity } from "./product.entity.ts";
import { findById, type ProductInFull } from "./queries.ts";
import { tokenizeText } from "./tokenize-text.ts";

interface ChangeProductInput {
  owner: SessionUser;
  /** The product as `ownProduct` has read it. */
  product: Owned<ProductInFull>;
  change: ProductChange;
}

export type ChangeProductOutcome =
  | { kind: "changed"; product: ProductInFull }
  | { kind: "changed_meanwhile" }
  | { kind: "unauthenticated" };

type ChangeContext = Pick<Context, "em" | "clock"> & { limits: Pick<Limits, "deletionGrace"> };

/**
 * Changes a product. If another request has changed or deleted it after `product` was read, returns
 * `changed_meanwhile`. The slug stays when the name changes, so that links to the product keep working.
 * `unauthenticated`: the owner's session has ended in the meantime, and would have published the product.
 */
export function changeProduct(ctx: ChangeContext, input: ChangeProductInput): Promise<ChangeProductOutcome> {
  if (input.change.status !== "published") return saveChange(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    const owner = await lockUserOfSession(ctx, input.owner);
    return owner ? saveChange(ctx, input) : { kind: "unauthenticated" };
  });
}

async function saveChange(
  { em, clock }: ChangeContext,
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
