import { type Discount, endpoints, PAGE_SIZE, type User } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { changeDiscount, endDiscount } from "./change-discount.ts";
import { createDiscount } from "./create-discount.ts";
import type { DiscountRow } from "./discount.entity.ts";
import { ownDiscount } from "./policy.ts";
import { presentDiscount } from "./present.ts";
import { listDiscounts, productsOfDiscounts } from "./queries.ts";

type DiscountContext = Pick<Context, "em" | "clock">;

export function serveDiscounts(serve: Serve): void {
  serve(endpoints.discounts.list, async ({ ctx, user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listDiscounts(ctx.em, { ownerId: user.id, page: pageWanted(query.cursor, limit) });
    const products = await productsOfDiscounts(ctx.em, rows);
    const now = ctx.clock.now();
    return { body: pageOf(rows, limit, (row) => presentDiscount(row, { now, products: products.get(row.id) ?? [] })) };
  });

  serve(endpoints.discounts.create, async ({ ctx, user, body }) => {
    const created = await createDiscount(ctx, { ownerId: user.id, input: body });
    return created instanceof Refusal ? created : { body: await present(ctx, created) };
  });

  serve(endpoints.discounts.change, ({ ctx, user, params, body }) =>
    withDiscount(ctx, { user, params }, (discount) => changeDiscount(ctx, { discount, changes: body })),
  );

  serve(endpoints.discounts.end, ({ ctx, user, params }) =>
    withDiscount(ctx, { user, params }, async (discount) => {
      await endDiscount(ctx, discount);
      return null;
    }),
  );
}

/** Passes the user's own discount to `work`, and answers with it as it is after that, or with what `work` refuses. */
async function withDiscount(
  ctx: DiscountContext,
  { user, params: { id } }: { user: User; params: { id: string } },
  work: (discount: Owned<DiscountRow>) => Promise<Refusal | null>,
): Promise<{ body: Discount } | Refusal> {
  const discount = await ownDiscount(ctx.em.fork(), { user, id });
  if (!discount) return new Refusal("not_found");
  const refusal = await work(discount);
  if (refusal) return refusal;
  const changed = await ownDiscount(ctx.em.fork(), { user, id });
  return changed ? { body: await present(ctx, changed) } : new Refusal("not_found");
}

async function present({ em, clock }: DiscountContext, discount: DiscountRow): Promise<Discount> {
  const products = (await productsOfDiscounts(em, [discount])).get(discount.id) ?? [];
  return presentDiscount(discount, { now: clock.now(), products });
}
