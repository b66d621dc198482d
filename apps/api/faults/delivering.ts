// A process of `deliveries.ts`: hears of the same payments by webhook, return page and sweep, all at once and in random
// order, and dies by SIGKILL before or after one of its statements.

import { Connection } from "@mikro-orm/core";
import { createRandom } from "@yumroad/scenarios";
import { createDependencies } from "../src/dependencies.ts";
import { backgroundContext } from "../src/platform/http/background-context.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { checkOrder } from "../src/sales/orders/check-order.ts";
import { demoConfig, hearOf } from "../test/paid-orders.ts";
import type { DeliveryPlace, Task } from "./delivery-place.ts";

const place = JSON.parse(process.env.PLACE ?? "") as DeliveryPlace;
/** Set before the process is given its task: by then the orders are due to be asked about. */
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
const app = await createDependencies(demoConfig(place), createLogger("silent"), {
  clock,
  hashCost: 4,
  hasDemoOrders: false,
});

/** Moments left to live; each statement has one before it and one after it. */
let momentsLeft = Number.POSITIVE_INFINITY;

function dieIfDue(): void {
  momentsLeft -= 1;
  if (momentsLeft <= 0) process.kill(process.pid, "SIGKILL");
}

type Execute = (...given: unknown[]) => Promise<unknown>;
const everyStatement = Connection.prototype as unknown as { executeQuery: Execute };
const { executeQuery } = everyStatement;
everyStatement.executeQuery = async function (this: unknown, ...given) {
  dieIfDue();
  const result = await executeQuery.apply(this, given);
  dieIfDue();
  return result;
};

process.on("message", async ({ orders, dieAfter, seed, aheadMs: ahead }: Task) => {
  aheadMs = ahead;
  const random = createRandom(seed);
  const calls = orders.flatMap(({ id, session }) => [
    () => hearOf(app, session),
    () => hearOf(app, session),
    () => checkOrder(backgroundContext(app), id),
  ]);
  const all = [...calls, () => app.workers.orderCheck.run()].map((call) => ({ call, turn: random() }));
  all.sort((one, other) => one.turn - other.turn);
  momentsLeft = dieAfter;
  const outcomes = await Promise.allSettled(all.map(({ call }) => call()));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  process.send?.({ error: failed ? String(failed.reason) : null });
});
process.send?.("ready");
