import type { Limits } from "../../config/limits.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import type { RequestClient } from "../../platform/http/client-info.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { LimitKey } from "../../platform/rate-limit/rate-limiter.ts";

interface OrderMailContext {
  client: RequestClient;
  limits: Pick<Limits, "orderMailsForEmail" | "orderMailsOfAddress">;
}

/** The limits of mails about orders that a person can cause again and again, beside those of the order. */
export function orderMailLimits({ client, limits }: OrderMailContext, email: string): LimitKey[] {
  return [
    { key: `order-mails-for:${hashKey(emailKeyOf(email))}`, limit: limits.orderMailsForEmail },
    { key: `order-mails:${hashKey(client.ipKey)}`, limit: limits.orderMailsOfAddress },
  ];
}
