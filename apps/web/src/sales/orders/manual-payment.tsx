import type { Order } from "@yumroad/contract";
import { Rich } from "../../platform/ui/rich.tsx";
import { orderWords } from "../../words/orders.ts";
import classes from "./awaited-payment.module.css";
import { OrderNotice } from "./order-notice.tsx";

const words = orderWords.manual;

/** An order that is paid outside of the shop, with the seller's words on how. */
export function ManualPayment({ order, instructions }: { order: Order; instructions: string }) {
  const parts = {
    ref: <strong>{order.ref}</strong>,
    email: <strong>{order.email}</strong>,
    store: order.store.name,
  };
  return (
    <OrderNotice order={order} title={words.title}>
      <p className={classes.instructions}>{instructions}</p>
      <p>
        <Rich text={words.addReference} parts={parts} />
      </p>
      {order.isHowToPayMailed && (
        <p>
          <Rich text={words.emailed} parts={parts} />
        </p>
      )}
      <p>
        <Rich text={words.willEmail} parts={parts} />
      </p>
    </OrderNotice>
  );
}
