import { endpoints, type Picture, type User } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ownProduct } from "../products/policy.ts";
import { describePicture } from "./describe-picture.ts";
import { picturesOf } from "./queries.ts";
import { removePicture } from "./remove-picture.ts";
import { reorderPictures } from "./reorder-pictures.ts";

export function servePictures(serve: Serve): void {
  serve(endpoints.pictures.list, ({ ctx, user, params }) =>
    answer(ctx, { user, params }, ({ id }) => picturesOf(ctx.em, id), "not_found"),
  );

  serve(endpoints.pictures.reorder, ({ ctx, user, params, body }) =>
    answer(ctx, { user, params }, (product) => reorderPictures(ctx, { product, ids: body.ids }), "version_conflict"),
  );

  serve(endpoints.pictures.change, ({ ctx, user, params, body }) => {
    const { id } = params;
    return answer(ctx, { user, params }, (product) => describePicture(ctx, { product, id, ...body }), "not_found");
  });

  serve(endpoints.pictures.remove, ({ ctx, user, params }) => {
    const { id } = params;
    return answer(ctx, { user, params }, (product) => removePicture(ctx, { product, id }), "not_found");
  });
}

/** Answers with the pictures that `work` returns for the user's own product, or with `refusal` if it returns null. */
async function answer(
  ctx: Pick<Context, "em">,
  { user, params }: { user: User; params: { slug: string } },
  work: (product: Owned<{ id: string }>) => Promise<Picture[] | null>,
  refusal: "not_found" | "version_conflict",
): Promise<{ body: { items: Picture[] } } | Refusal> {
  const product = await ownProduct(ctx, { user, slug: params.slug });
  if (product === null) return new Refusal("not_found");
  const items = await work(product);
  return items === null ? new Refusal(refusal) : { body: { items } };
}
