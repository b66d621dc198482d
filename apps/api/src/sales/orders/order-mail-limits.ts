import type { User } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { RequestClient } from "../../platform/http/client-info.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { LimitKey } from "../../platform/rate-limit/rate-limiter.ts";
import type { OrderRow } from "./order.entity.ts";
import { isVerifiedEmail } from "./policy.ts";

interface OrderMailContext {
  client: RequestClient;
  limits: Pick<Limits, "orderMailsForEmail" | "orderMailsOfAddress">;
}

interface BuyerMails {
  order: Pick<OrderRow, "state" | "total">;
  /** The recipients. Several ways to write one email count once. */
  emails: readonly string[];
  user: User | null;
}

/**
 * The limits of mails about orders that a buyer can cause again and again, beside those of the order. Anybody can order
 * for any email, so orders that cost nothing or are not paid use up nothing of what was paid for, and the account that has
 * verified the email has a limit of its own.
 */
export async function orderMailLimits(
  ctx: OrderMailContext & { em: EntityManager },
  { order, emails, user }: BuyerMails,
): Promise<LimitKey[]> {
  const isPaidFor = order.state === "paid" && order.total > 0;
  const keys: LimitKey[] = [];
  for (const emailKey of new Set(emails.map(emailKeyOf))) {
    const isOwn = user !== null && (await isVerifiedEmail(ctx.em.fork(), user.id, emailKey));
    const whose = isOwn ? `own:${user.id}` : `${isPaidFor ? "paid" : "free"}:${hashKey(emailKey)}`;
    keys.push({ key: `order-mails-for:${whose}`, limit: ctx.limits.orderMailsForEmail });
  }
  return [...keys, ofAddress(ctx)];
}

/** The limits of receipts that a seller mails again: a store's own, which no buyer and no other store can use up. */
export function sellerMailLimits(
  ctx: OrderMailContext,
  { store, email }: Pick<OrderRow, "store" | "email">,
): LimitKey[] {
  const whose = `store:${store.id}:${hashKey(emailKeyOf(email))}`;
  return [{ key: `order-mails-for:${whose}`, limit: ctx.limits.orderMailsForEmail }, ofAddress(ctx)];
}

function ofAddress({ client, limits }: OrderMailContext): LimitKey {
  return { key: `order-mails:${hashKey(client.ipKey)}`, limit: limits.orderMailsOfAddress };
}
