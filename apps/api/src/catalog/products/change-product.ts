import type { FieldFault, Money, ProductChange, Terms } from "@yumroad/contract";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { changeTerms } from "./change-terms.ts";
import { ProductEntity } from "./product.entity.ts";
import { findById, type ProductInFull } from "./queries.ts";
import { recordPrice } from "./record-price.ts";
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
  /** The product can't be published before its price is saved. */
  | { kind: "price_unchecked" }
  /** The new price, pricing and suggestion contradict each other, or contradict those that the change keeps. */
  | { kind: "terms_invalid"; issues: FieldFault[] }
  /** The operator has taken down the product or its store: it can't be published. */
  | { kind: "taken_down"; reason: string }
  /** `deletion_pending`: nothing is published until the owner keeps the account after all. */
  | { kind: "unauthenticated" | "deletion_pending" };

type ChangeContext = Pick<Context, "em" | "clock">;

/**
 * Changes a product, and logs its price if that changes. If another request has changed or deleted it after `product`
 * was read, returns `changed_meanwhile`. The slug stays when the name changes, so that links to the product keep
 * working. `unauthenticated`: the owner's session has ended in the meantime, and would have published the product.
 */
export async function changeProduct(
  ctx: ChangeContext,
  { owner, product, change }: ChangeProductInput,
): Promise<ChangeProductOutcome> {
  const { price, status } = change;
  if (product.needsPriceCheck && status === "published" && price === undefined) return { kind: "price_unchecked" };
  const { terms, issues } = changeTerms(product, change);
  if (issues.length > 0) return { kind: "terms_invalid", issues };
  return inTransaction(ctx, async (ctx): Promise<ChangeProductOutcome> => {
    const { em, clock } = ctx;
    if (status === "published") {
      // The lock keeps the operator from taking down the product or its store until the end of the transaction.
      const user = await lockUserOfSession(ctx, owner);
      if (!user) return { kind: "unauthenticated" };
      if (user.deletionAt) return { kind: "deletion_pending" };
      const present = await findById(em, product.id);
      if (present?.version !== product.version) return { kind: "changed_meanwhile" };
      if (present.takenDownReason !== null) return { kind: "taken_down", reason: present.takenDownReason };
    }
    const now = new Date(clock.now());
    if (!(await writeChange(em, { product, change, terms, now }))) return { kind: "changed_meanwhile" };
    if (price !== undefined && isNewPrice(product, price)) recordPrice(em, { product, price, at: now });
    const changed = await findById(em, product.id);
    return changed ? { kind: "changed", product: changed } : { kind: "changed_meanwhile" };
  });
}

/** True also for a price that was checked and stays: until then, its meaning was not known. */
function isNewPrice(product: ProductInFull, { amount, currency }: Money): boolean {
  return Boolean(product.needsPriceCheck) || amount !== product.priceAmount || currency !== product.priceCurrency;
}

/** Returns whether the product still had the version of `product`, and so was changed. */
async function writeChange(
  em: EntityManager,
  { product, change, terms, now }: Omit<ChangeProductInput, "owner"> & { terms: Terms; now: Date },
): Promise<boolean> {
  const { name = product.name, description = product.description, price, status = product.status } = change;
  const changed = await em.nativeUpdate(
    ProductEntity,
    { id: product.id, version: product.version },
    {
      name,
      description,
      status,
      ...(price && { priceAmount: price.amount, priceCurrency: price.currency, needsPriceCheck: false }),
      ...{ pricing: terms.pricing, suggestedAmount: terms.suggestedAmount },
      searchText: tokenizeText(`${name}\n${description}`).join(" "),
      updatedAt: now,
      // A status that the owner sets clears `withdrawnAt`, because `republishProducts` then skips the product and the
      // status stays.
      ...(change.status !== undefined && { withdrawnAt: null }),
      version: product.version + 1,
    },
  );
  return changed === 1;
}
