import { endpoints, type Order, type User } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import type { LinkLimitContext } from "../../identity/tokens/limit-links.ts";
import { limitLinks } from "../../identity/tokens/limit-links.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { whileReachable } from "../payments/while-reachable.ts";
import type { PaymentContext } from "./begin-payment.ts";
import { changeOrderEmail } from "./change-order-email.ts";
import { checkOrder } from "./check-order.ts";
import { noteAccess } from "./note-access.ts";
import { openOrder } from "./open-order.ts";
import type { OrderRow } from "./order.entity.ts";
import { orderMailLimits } from "./order-mail-limits.ts";
import type { OrdersCookie } from "./orders-cookie.ts";
import { orderOfBuyer, orderOfKey } from "./policy.ts";
import { presentOrder } from "./present.ts";
import { findOrder, type OrderInFull } from "./queries.ts";
import { resendReceipt } from "./resend-receipt.ts";
import { undoOrderEmail } from "./undo-order-email.ts";

interface OrderNeeds extends Omit<PaymentContext, keyof Context> {
  limits: Limits;
  rateLimiter: RateLimiter;
  ordersCookie: OrdersCookie;
}

type OrderContext = Context & OrderNeeds & LinkLimitContext;

export function serveOrders(serve: Serve<OrderNeeds>): void {
  serveOrdersOfBuyers(serve);
}

function serveOrdersOfBuyers(serve: Serve<OrderNeeds>): void {
  serve(endpoints.orders.get, ({ ctx, params, user, req }) =>
    withOrder(ctx, { req, user, ref: params.ref }, (order) => answer(ctx, order)),
  );

  serve(endpoints.orders.open, ({ ctx, params, body, req, res }) =>
    limitLinks(ctx, async () => {
      const keyIds = ctx.ordersCookie.read(req);
      const opened = await openOrder(ctx, { ref: params.ref, key: body.token, keyIds });
      if (opened === null) return new Refusal("link_invalid");
      ctx.ordersCookie.add(req, res, [opened.keyId]);
      return answer(ctx, opened.order);
    }),
  );

  serveChangesOfBuyers(serve);

  serve(endpoints.orders.check, ({ ctx, params, user, req }) =>
    withOrder(ctx, { req, user, ref: params.ref }, async ({ id, ref }) => {
      const refusal = await refuseOverLimit(ctx, [
        { key: `order-checks:${id}`, limit: ctx.limits.orderChecks },
        { key: `order-checks-of:${hashKey(ctx.client.ipKey)}`, limit: ctx.limits.orderChecksOfAddress },
      ]);
      if (refusal) return refusal;
      // The refusal is not used: the sweep asks an unreachable provider again, and the page shows the order as it is known.
      await whileReachable(() => checkOrder(ctx, id));
      return withOrder(ctx, { req, user, ref }, (order) => answer(ctx, order));
    }),
  );
}

function serveChangesOfBuyers(serve: Serve<OrderNeeds>): void {
  serve(endpoints.orders.resend, ({ ctx, params, user, req }) =>
    withOrder(ctx, { req, user, ref: params.ref }, async ({ id }) => {
      const limitKeysOf = (order: OrderRow) => orderMailLimits(ctx, { order, emails: [order.email], user });
      const refusal = await resendReceipt(ctx, { orderId: id, limitKeysOf });
      return refusal ?? { body: undefined };
    }),
  );

  serve(endpoints.orders.changeEmail, ({ ctx, params, body, user, req, res }) =>
    withOrder(ctx, { req, user, ref: params.ref }, async (order) => {
      if (ctx.mailer.way === "none") return new Refusal("mail_unavailable");
      const ofOrder = { key: `order-emails:${order.id}`, limit: ctx.limits.orderEmailChanges };
      // The former email may be mailed the undo. Over its limit the change is refused: nobody loses an order untold.
      const limitKeys = await orderMailLimits(ctx, { order, emails: [body.email, order.email], user });
      const refusal = await refuseOverLimit(ctx, [ofOrder, ...limitKeys]);
      if (refusal) return refusal;
      const keyIds = ctx.ordersCookie.read(req);
      const keyId = await changeOrderEmail(ctx, { order, email: body.email, keyIds, user });
      return (await answerOpened(ctx, { req, res, ref: order.ref, keyId })) ?? new Refusal("not_found");
    }),
  );

  serve(endpoints.orders.undoEmailChange, ({ ctx, params, body, req, res }) =>
    limitLinks(ctx, async () => {
      const keyId = await undoOrderEmail(ctx, { ref: params.ref, token: body.token });
      return (await answerOpened(ctx, { req, res, ref: params.ref, keyId })) ?? new Refusal("link_invalid");
    }),
  );
}

/** Answers with an order for its buyer. */
async function answer(ctx: OrderContext, order: Owned<OrderInFull>): Promise<{ body: Order }> {
  const em = ctx.em.fork();
  const body = await presentOrder(em, order);
  if (body.contents.length > 0 && order.openedAt === null) await noteAccess({ em, clock: ctx.clock }, order);
  return { body };
}

interface OpenedOrder {
  req: Request;
  res: Response;
  ref: string;
  keyId: string | null;
}

/** Answers with an order as it is after a write that has given the browser a key. Null: it has given none. */
async function answerOpened(ctx: OrderContext, { req, res, ref, keyId }: OpenedOrder): Promise<{ body: Order } | null> {
  const order = keyId && (await findOrder(ctx.em.fork(), ref));
  if (!keyId || !order) return null;
  ctx.ordersCookie.add(req, res, [keyId]);
  return answer(ctx, orderOfKey(order));
}

interface BuyerRequest {
  req: Request;
  user: User | null;
  ref: string;
}

/** Passes an order to `work` if the caller may see it as its buyer. Answers 404 otherwise. */
async function withOrder<Reply>(
  ctx: OrderContext,
  { req, user, ref }: BuyerRequest,
  work: (order: Owned<OrderInFull>) => Promise<Reply>,
): Promise<Reply | Refusal> {
  const fresh = { em: ctx.em.fork(), clock: ctx.clock };
  const order = await orderOfBuyer(fresh, { ref, keyIds: ctx.ordersCookie.read(req), user });
  return order ? work(order) : new Refusal("not_found");
}
