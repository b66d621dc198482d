import type { Request, Response } from "express";
import type { Context } from "../../platform/http/context.ts";
import { OrderKeyEntity } from "./order-key.entity.ts";
import type { OrdersCookie } from "./orders-cookie.ts";

interface ForgetInput {
  ordersCookie: OrdersCookie;
  req: Request;
  res: Response;
}

/**
 * Closes the orders that a browser has open, at its log-out: clears the cookie, and ends the keys that it names, so that
 * a copy of it opens nothing either. Keys that were mailed stay good.
 */
export async function forgetOrders(
  { em, clock }: Pick<Context, "em" | "clock">,
  { ordersCookie, req, res }: ForgetInput,
): Promise<void> {
  const keyIds = ordersCookie.read(req);
  ordersCookie.clear(req, res);
  if (keyIds.length === 0) return;
  const ofBrowser = { id: { $in: keyIds }, mailedTo: null, endedAt: null };
  await em.nativeUpdate(OrderKeyEntity, ofBrowser, { endedAt: new Date(clock.now()) });
}
