import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { forEachAtOnce } from "../../platform/jobs/for-each-at-once.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { PaymentProviders } from "../payments/payment-provider.ts";
import { OPEN_PATIENCE } from "./check-attempt.ts";
import { checkOrder } from "./check-order.ts";
import { OrderEntity, type OrderRow } from "./order.entity.ts";
import { giveBackDiscount } from "./reserve-discount.ts";

/** The parts of the server that work on payments without a request needs. */
export interface PaymentJob {
  database: Database;
  clock: Clock;
  logger: Logger;
  mailer: MailQueue;
  payments: PaymentProviders;
  config: { publicUrl: URL };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Pauses between the checks of an order, by its age: often at first, when the buyer waits. */
const PAUSES: readonly [youngerThan: number, pause: number][] = [
  [10 * MINUTE, 2 * MINUTE],
  [HOUR, 10 * MINUTE],
  [6 * HOUR, HOUR],
];
const LONGEST_PAUSE = 6 * HOUR;
const PENDING_PATIENCE = 30 * DAY;
/** Orders of one run, and those of them that are asked about at once: a provider that stalls takes ten seconds for each. */
const IN_A_RUN = 50;
const AT_ONCE = 4;

/**
 * Asks about every order whose payment may have arrived without the shop being told: a webhook can be lost, and a buyer
 * can close the window. The time of the next check is stored first, so that two processes do not ask about the same
 * order, and an order whose check fails does not stop the others.
 */
export async function checkDueOrders(parts: PaymentJob, isStopping: () => boolean): Promise<void> {
  const { database, clock, logger } = parts;
  const now = clock.now();
  const due = await database
    .fork()
    .find(OrderEntity, { nextCheckAt: { $lte: new Date(now) } }, { orderBy: { nextCheckAt: "asc" }, limit: IN_A_RUN });
  await forEachAtOnce(due, AT_ONCE, async (order) => {
    if (isStopping() || !(await claimCheck(backgroundContext(parts), order, now))) return;
    try {
      await checkOrder(backgroundContext(parts), order.id);
    } catch (error) {
      logger.warn({ orderId: order.id, error: (error as Error).message }, "could not check an order");
    }
  });
}

/**
 * Stores the time of an order's next check. False: somebody else has, and checks the order now. After the last check an
 * order that its provider never answered about holds no discount; money that comes after all takes it again.
 */
export function claimCheck(ctx: Pick<Context, "em">, order: OrderRow, now: number): Promise<boolean> {
  return inTransaction(ctx, async ({ em }) => {
    const { id, nextCheckAt } = order;
    const claim = { nextCheckAt: nextCheckOf(order, now) };
    if ((await em.nativeUpdate(OrderEntity, { id, nextCheckAt }, claim)) === 0) return false;
    if (claim.nextCheckAt === null) await giveBackDiscount(em, id);
    return true;
  });
}

/** The time of the next check; null: the order is old, and no money is expected any more. */
function nextCheckOf({ createdAt, payUntil, state }: OrderRow, now: number): Date | null {
  const patience = state === "pending" ? PENDING_PATIENCE : OPEN_PATIENCE;
  if (now > payUntil.getTime() + patience) return null;
  const age = now - createdAt.getTime();
  const pause = PAUSES.find(([youngerThan]) => age < youngerThan)?.[1] ?? LONGEST_PAUSE;
  return new Date(now + pause);
}
