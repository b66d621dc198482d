import { endpoints } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import { limitLinks } from "../../identity/tokens/limit-links.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { OrdersCookie } from "../orders/orders-cookie.ts";
import { openPurchases } from "./open-purchases.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

interface PurchaseNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  mailer: MailQueue;
  ordersCookie: OrdersCookie;
  /** Mails the links that were asked for. */
  purchaseLinkWorker: Worker;
}

export function servePurchases(serve: Serve<PurchaseNeeds>): void {
  serve(endpoints.purchases.find, async ({ ctx, body }) => {
    const { limits, client, clock } = ctx;
    if (ctx.mailer.way === "none") return new Refusal("mail_unavailable");
    const ofAddress = { key: `purchase-links:${hashKey(client.ipKey)}`, limit: limits.recoveriesOfAddress };
    const refusal = await refuseOverLimit(ctx, [ofAddress]);
    if (refusal) return refusal;
    const emailKey = emailKeyOf(body.email);
    // Answered alike: the limit of an email tells nobody that somebody else has asked.
    const forEmail = { key: `purchase-links-for:${hashKey(emailKey)}`, limit: limits.askedMails };
    if (!(await ctx.rateLimiter.consume([forEmail])).isAllowed) return { body: undefined };
    await ctx.em.insert(PurchaseLinkEntity, {
      ...{ id: uuid(), email: body.email, emailKey, keyHash: null, createdAt: new Date(clock.now()) },
      ...{ sentAt: null, usedAt: null },
    });
    ctx.purchaseLinkWorker.nudge();
    return { body: undefined };
  });

  serve(endpoints.purchases.open, ({ ctx, body, req, res }) =>
    limitLinks(ctx, async () => {
      const opened = await openPurchases(ctx, { token: body.token, keyIds: ctx.ordersCookie.read(req) });
      if (opened === null) return new Refusal("link_invalid");
      ctx.ordersCookie.add(req, res, opened.keyIds);
      return { body: { refs: opened.refs } };
    }),
  );
}
