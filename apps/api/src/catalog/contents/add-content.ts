import type { Content, ContentInput } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { EntityManager } from "../../platform/db/database.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { lockProduct } from "../products/lock-product.ts";
import { ProductEntity } from "../products/product.entity.ts";
import { ContentEntity } from "./content.entity.ts";
import { contentsOf } from "./queries.ts";
import { storedContent } from "./stored-content.ts";

/** Maximum number of contents of a product. */
const CONTENTS_MAX = 50;

interface AddContentInput {
  product: Owned<{ id: string }>;
  input: ContentInput;
}

/** Adds a content at the end, and returns all contents of the product. Null: it has as many as it may have. */
export function addContent(
  ctx: Pick<Context, "em" | "clock">,
  { product, input }: AddContentInput,
): Promise<Content[] | null> {
  return inTransaction(ctx, async ({ em, clock }) => {
    const position = await nextPosition(em, product.id);
    if (position === null) return null;
    const now = new Date(clock.now());
    await em.insert(ContentEntity, {
      id: uuid(),
      product: em.getReference(ProductEntity, product.id),
      ...storedContent(input),
      position,
      createdAt: now,
      updatedAt: now,
    });
    return contentsOf(em, product.id, "seller");
  });
}

/**
 * The position of one more content of a product. Null: it has as many as it may have. Locks the product until the end of
 * the transaction.
 */
export async function nextPosition(em: EntityManager, productId: string): Promise<number | null> {
  await lockProduct(em, productId);
  const known = await em.find(ContentEntity, { product: productId }, { orderBy: { position: "asc" } });
  return known.length >= CONTENTS_MAX ? null : (known.at(-1)?.position ?? 0) + 1;
}
