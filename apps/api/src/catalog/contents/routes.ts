import { type Content, endpoints, type User } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { ownProduct } from "../products/policy.ts";
import type { ProductInFull } from "../products/queries.ts";
import { addContent } from "./add-content.ts";
import { changeContent, removeContent } from "./change-content.ts";
import { contentsOf } from "./queries.ts";
import { reorderContents } from "./reorder-contents.ts";

export function serveContents(serve: Serve): void {
  serve(endpoints.contents.list, ({ ctx, user, params }) =>
    withProduct(ctx, { user, params }, async (product) => ({
      body: { items: await contentsOf(ctx.em, product.id, "seller") },
    })),
  );

  serve(endpoints.contents.create, ({ ctx, user, params, body }) =>
    withProduct(ctx, { user, params }, async (product) => {
      const items = await addContent(ctx, { product, input: body });
      return items ? { body: { items } } : new Refusal("too_many_contents");
    }),
  );

  serve(endpoints.contents.reorder, ({ ctx, user, params, body }) =>
    withProduct(ctx, { user, params }, async (product) => {
      const items = await reorderContents(ctx, { product, ids: body.ids });
      return items ? { body: { items } } : new Refusal("version_conflict");
    }),
  );

  serve(endpoints.contents.change, ({ ctx, user, params, body }) =>
    withProduct(ctx, { user, params }, async (product) =>
      listOf(await changeContent(ctx, { product, id: params.id, change: body })),
    ),
  );

  serve(endpoints.contents.remove, ({ ctx, user, params }) =>
    withProduct(ctx, { user, params }, async (product) => listOf(await removeContent(ctx, { product, id: params.id }))),
  );
}

/** Passes the user's own product to `work`. Answers 404 if the user has no product with this slug. */
async function withProduct<Reply>(
  ctx: Pick<Context, "em">,
  { user, params }: { user: User; params: { slug: string } },
  work: (product: Owned<ProductInFull>) => Promise<Reply>,
): Promise<Reply | Refusal> {
  const product = await ownProduct(ctx, { user, slug: params.slug });
  return product ? work(product) : new Refusal("not_found");
}

function listOf(items: Content[] | "kind_fixed" | null): { body: { items: Content[] } } | Refusal {
  if (items === "kind_fixed") return new Refusal("content_kind_fixed");
  return items ? { body: { items } } : new Refusal("not_found");
}
