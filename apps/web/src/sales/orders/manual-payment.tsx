import type { Order } from "@yumroad/contract";
import classes from "./awaited-payment.module.css";
import { OrderNotice } from "./order-notice.tsx";

/** An order that is paid outside of the shop, with the seller's words on how. */
export function ManualPayment({ order, instructions }: { order: Order; instructions: string }) {
  return (
    <OrderNotice order={order} title="How to pay">
      <p className={classes.instructions}>{instructions}</p>
      <p>
        Add the reference <strong>{order.ref}</strong> to your payment, so that {order.store.name} can find your order.
      </p>
      {order.isHowToPayMailed && (
        <p>
          We emailed how to pay to <strong>{order.email}</strong>.
        </p>
      )}
      <p>
        {order.store.name} marks it as paid once the money is here. Then we’ll email you at{" "}
        <strong>{order.email}</strong>. You can close this page.
      </p>
    </OrderNotice>
  );
}
