import type { Content, ContentInput } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
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
    // Locks the product: contents that are added at once are counted, and get their positions, one after the other.
    await em.execute("update products set status = status where id = ?", [product.id]);
    const known = await em.find(ContentEntity, { product: product.id }, { orderBy: { position: "asc" } });
    if (known.length >= CONTENTS_MAX) return null;
    const now = new Date(clock.now());
    await em.insert(ContentEntity, {
      id: uuid(),
      product: em.getReference(ProductEntity, product.id),
      ...storedContent(input),
      position: (known.at(-1)?.position ?? 0) + 1,
      createdAt: now,
      updatedAt: now,
    });
    return contentsOf(em, product.id);
  });
}
