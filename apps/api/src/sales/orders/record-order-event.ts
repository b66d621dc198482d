import type { OrderEventKind } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Context } from "../../platform/http/context.ts";

/** Adds an event to an order's history, in the transaction of `em`. */
export async function recordOrderEvent(
  { em, clock }: Pick<Context, "em" | "clock">,
  { orderId, kind }: { orderId: string; kind: OrderEventKind },
): Promise<void> {
  const sql = "insert into order_events (id, order_id, kind, at) values (?, ?, ?, ?)";
  await em.execute(sql, [uuid(), orderId, kind, new Date(clock.now())]);
}
