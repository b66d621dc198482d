import { endpoints, PAGE_SIZE, type User } from "@yumroad/contract";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import type { Limits } from "../../config/limits.ts";
import { isStillLoggedIn } from "../../identity/sessions/is-still-logged-in.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Context } from "../../platform/http/context.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { PaymentContext } from "../orders/begin-payment.ts";
import { checkOrder } from "../orders/check-order.ts";
import { type FindMissingForSale, findStoreForSale } from "../orders/find-missing-for-sale.ts";
import type { OrderRow } from "../orders/order.entity.ts";
import { sellerMailLimits } from "../orders/order-mail-limits.ts";
import { resendReceipt } from "../orders/resend-receipt.ts";
import { whileReachable } from "../payments/while-reachable.ts";
import { changeAccess } from "./change-access.ts";
import { exportSales } from "./export-sales.ts";
import { markAsPaid } from "./mark-as-paid.ts";
import { ownSale } from "./policy.ts";
import { presentSale, presentSaleCard } from "./present.ts";
import { itemsOfSales, listSales, type SaleRow } from "./queries.ts";
import { refundOrder } from "./refund-order.ts";
import { sumByCountry } from "./sum-by-country.ts";
import { summarizeSales } from "./summarize-sales.ts";

interface SaleNeeds extends Omit<PaymentContext, keyof Context> {
  database: Database;
  limits: Limits;
  rateLimiter: RateLimiter;
  sessions: Sessions;
  sessionStore: SessionStore;
  findMissingForSale: FindMissingForSale;
}

type SaleContext = Context & SaleNeeds;

export function serveSales(serve: Serve<SaleNeeds>): void {
  serve(endpoints.sales.getReadiness, async ({ ctx, user }) => {
    const store = await findStoreForSale(ctx.em, user.id);
    return store ? { body: { missing: await ctx.findMissingForSale(ctx.em, store) } } : new Refusal("not_found");
  });

  serve(endpoints.sales.list, async ({ ctx, user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const page = pageWanted(query.cursor, limit);
    const { q = null, status = null } = query;
    const rows = await listSales(ctx.database, { ownerId: user.id, q, status, page });
    const items = await itemsOfSales(ctx.em, rows);
    return { body: pageOf(rows, limit, (row) => presentSaleCard(row, items.get(row.id) ?? [])) };
  });

  serve(endpoints.sales.summarize, async ({ ctx, user, query }) => ({
    body: await summarizeSales(ctx, { ownerId: user.id, zone: query.zone ?? "UTC" }),
  }));

  serve(endpoints.sales.sumByCountry, async ({ ctx, user, query }) => ({
    body: await sumByCountry(ctx, { ownerId: user.id, zone: query.zone ?? "UTC" }),
  }));

  serve(endpoints.sales.export, async ({ ctx, user, query, req }) => {
    const refusal = await refuseOverLimit(ctx, [{ key: `sales-exports:${user.id}`, limit: ctx.limits.salesExports }]);
    if (refusal) return refusal;
    const session = ctx.sessions.current(req);
    if (!session) return new Refusal("unauthenticated");
    const now = ctx.clock.now();
    const content = exportSales(ctx.database, {
      storeId: (await ctx.em.findOne(StoreEntity, { owner: user.id }))?.id ?? null,
      from: new Date(query.from ?? 0),
      // Orders that are begun while the file is sent are not in it.
      to: new Date(query.to ?? now + 1),
    });
    const name = `sales-${user.store?.handle ?? "account"}-${new Date(now).toISOString().slice(0, 10)}.csv`;
    const mayGoOn = () => isStillLoggedIn(ctx.sessionStore, session);
    return { body: undefined, file: { name, content, mayGoOn } };
  });

  serve(endpoints.sales.get, ({ ctx, user, params }) => withSale(ctx, { user, params }, (sale) => answer(ctx, sale)));

  serve(endpoints.sales.check, ({ ctx, user, params }) =>
    withSale(ctx, { user, params }, async (sale) => {
      const limitKeys = [{ key: `order-checks:${sale.id}`, limit: ctx.limits.orderChecks }];
      const refusal = (await refuseOverLimit(ctx, limitKeys)) ?? (await whileReachable(() => checkOrder(ctx, sale.id)));
      return refusal ?? answerAgain(ctx, { user, params });
    }),
  );

  serve(endpoints.sales.markAsPaid, ({ ctx, user, params }) =>
    withSale(ctx, { user, params }, async (sale) => {
      if (!(await markAsPaid(ctx, sale))) return new Refusal("not_payable_by_hand");
      return answerAgain(ctx, { user, params });
    }),
  );

  serve(endpoints.sales.refund, ({ ctx, user, params, body }) =>
    withSale(ctx, { user, params }, async (sale) => {
      const outcome = await whileReachable(() => refundOrder(ctx, { sale, input: body }));
      if (outcome instanceof Refusal) return outcome;
      return outcome === "asked" ? answerAgain(ctx, { user, params }) : new Refusal(outcome);
    }),
  );

  serve(endpoints.sales.changeAccess, ({ ctx, user, params, body }) =>
    withSale(ctx, { user, params }, async (sale) => {
      await changeAccess(ctx, { orderId: sale.id, hasAccess: body.hasAccess });
      return answerAgain(ctx, { user, params });
    }),
  );

  serve(endpoints.sales.resend, ({ ctx, user, params }) =>
    withSale(ctx, { user, params }, async (sale) => {
      const limitKeysOf = (order: OrderRow) => sellerMailLimits(ctx, order);
      const refusal = await resendReceipt(ctx, { orderId: sale.id, limitKeysOf });
      return refusal ?? { body: undefined };
    }),
  );
}

interface SellerRequest {
  user: User;
  params: { ref: string };
}

/** Passes an order of the user's own store to `work`. Answers 404 if the store has no such order. */
async function withSale<Reply>(
  ctx: SaleContext,
  { user, params }: SellerRequest,
  work: (sale: Owned<SaleRow>) => Promise<Reply>,
): Promise<Reply | Refusal> {
  const sale = await ownSale(ctx.em.fork(), { user, ref: params.ref });
  return sale ? work(sale) : new Refusal("not_found");
}

const answer = async (ctx: SaleContext, sale: Owned<SaleRow>) => ({ body: await presentSale(ctx.em.fork(), sale) });

/** Answers with the sale as it is after a write. */
function answerAgain(ctx: SaleContext, request: SellerRequest) {
  return withSale(ctx, request, (sale) => answer(ctx, sale));
}
