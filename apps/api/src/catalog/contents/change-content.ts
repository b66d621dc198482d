import type { Content, ContentChange } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ContentEntity } from "./content.entity.ts";
import { contentsOf } from "./queries.ts";
import { storedContent } from "./stored-content.ts";

interface ContentOfProduct {
  product: Owned<{ id: string }>;
  id: string;
}

/**
 * Replaces a note or a link, or the title of a file, and returns all contents of the product. Null: the product has no
 * such content. `kind_fixed`: a file can't become something else, nor something else a file.
 */
export async function changeContent(
  { em, clock }: Pick<Context, "em" | "clock">,
  { product, id, change }: ContentOfProduct & { change: ContentChange },
): Promise<Content[] | "kind_fixed" | null> {
  const known = await em.findOne(ContentEntity, { id, product: product.id });
  if (known === null) return null;
  if ((known.kind === "file") !== (change.kind === "file")) return "kind_fixed";
  const stored = change.kind === "file" ? { title: change.title } : storedContent(change);
  const which = { id, product: product.id };
  const count = await em.nativeUpdate(ContentEntity, which, { ...stored, updatedAt: new Date(clock.now()) });
  return count === 0 ? null : contentsOf(em, product.id, "seller");
}

/** Removes a content, and returns those that are left. Null: the product has no such content. */
export async function removeContent(
  { em }: Pick<Context, "em">,
  { product, id }: ContentOfProduct,
): Promise<Content[] | null> {
  const count = await em.nativeDelete(ContentEntity, { id, product: product.id });
  return count === 0 ? null : contentsOf(em, product.id, "seller");
}
