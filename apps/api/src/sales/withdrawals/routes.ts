import { endpoints, type User } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Config } from "../../config/env.ts";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { orderRef } from "../orders/order-ref.ts";
import { ownSale } from "../sales/policy.ts";
import type { SaleRow } from "../sales/queries.ts";
import { presentWithdrawal } from "./present.ts";
import { settleWithdrawal } from "./settle-withdrawal.ts";
import { WithdrawalEntity } from "./withdrawal.entity.ts";

interface WithdrawalNeeds {
  config: Pick<Config, "consumerLaw">;
  limits: Limits;
  rateLimiter: RateLimiter;
  /** Confirms the statements that have arrived. */
  withdrawalWorker: Worker;
}

/** As many statements as one answer has: a buyer needs one. */
const MOST_OF_SALE = 20;

export function serveWithdrawals(serve: Serve<WithdrawalNeeds>): void {
  serve(endpoints.withdrawals.make, async ({ ctx, body }) => {
    if (ctx.config.consumerLaw === "none") return new Refusal("not_found");
    const ofAddress = { key: `withdrawals:${hashKey(ctx.client.ipKey)}`, limit: ctx.limits.withdrawalsOfAddress };
    const refusal = await refuseOverLimit(ctx, [ofAddress]);
    if (refusal) return refusal;
    const { name, contact, statement } = body;
    const received = { ref: orderRef(), receivedAt: new Date(ctx.clock.now()) };
    await ctx.em.insert(WithdrawalEntity, {
      ...{ id: uuid(), ...received, name, contact, statement, statedOrder: body.order, order: null },
      ...{ answeredAt: null, acknowledgedAt: null, rightState: null, rightEndedAt: null },
      ...{ outcome: null, settledAt: null },
    });
    ctx.withdrawalWorker.nudge();
    return { body: { ref: received.ref, receivedAt: received.receivedAt.toISOString() } };
  });

  serve(endpoints.withdrawals.listOfSale, ({ ctx, user, params }) =>
    withSale(ctx, { user, ref: params.ref }, (sale) => answer(ctx, sale)),
  );

  serve(endpoints.withdrawals.settle, ({ ctx, user, params, body }) =>
    withSale(ctx, { user, ref: params.ref }, async (sale) => {
      const settled = { sale, ref: params.withdrawal, outcome: body.outcome };
      return (await settleWithdrawal(ctx, settled)) ? answer(ctx, sale) : new Refusal("not_found");
    }),
  );
}

async function withSale<Reply>(
  ctx: Pick<Context, "em">,
  { user, ref }: { user: User; ref: string },
  work: (sale: Owned<SaleRow>) => Promise<Reply>,
): Promise<Reply | Refusal> {
  const sale = await ownSale(ctx.em.fork(), { user, ref });
  return sale ? work(sale) : new Refusal("not_found");
}

async function answer({ em }: Pick<Context, "em">, sale: Owned<SaleRow>) {
  const ofSale = { orderBy: { id: "desc" }, limit: MOST_OF_SALE } as const;
  const rows = await em.fork().find(WithdrawalEntity, { order: sale.id }, ofSale);
  return { body: { items: rows.map(presentWithdrawal) } };
}
