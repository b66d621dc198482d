import type { Content, ContentInput } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ContentEntity } from "./content.entity.ts";
import { contentsOf } from "./queries.ts";
import { storedContent } from "./stored-content.ts";

interface ChangeContentInput {
  product: Owned<{ id: string }>;
  id: string;
  /** The new content; null: the present one is removed. */
  input: ContentInput | null;
}

/** Replaces or removes a content, and returns all contents of the product. Null: the product has no such content. */
export async function changeContent(
  { em, clock }: Pick<Context, "em" | "clock">,
  { product, id, input }: ChangeContentInput,
): Promise<Content[] | null> {
  const which = { id, product: product.id };
  const count =
    input === null
      ? await em.nativeDelete(ContentEntity, which)
      : await em.nativeUpdate(ContentEntity, which, { ...storedContent(input), updatedAt: new Date(clock.now()) });
  return count === 0 ? null : contentsOf(em, product.id);
}
