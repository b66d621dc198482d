import type { Order } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { LinkButton } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { orderWords } from "../../words/orders.ts";
import { AwaitedPayment } from "./awaited-payment.tsx";
import { ChangeOrderEmail } from "./change-order-email.tsx";
import { forgetCheckout } from "./kept-checkout.ts";
import { ManualPayment } from "./manual-payment.tsx";
import { OrderNotice } from "./order-notice.tsx";
import { PaidOrder } from "./paid-order.tsx";

interface OrderViewProps {
  order: Order;
  canSendMail: boolean;
  /** Where the product can be ordered. */
  checkoutPath: string;
  /** Where the buyer can withdraw; null: not here. */
  withdrawPath: string | null;
}

/** An order as its buyer sees it, as far as it is by now. Only the server's word makes it a paid one. */
export function OrderView({ order, canSendMail, checkoutPath, withdrawPath }: OrderViewProps) {
  const [firstState] = useState(order.state);
  const { state } = order;
  // The state has changed while the page was open: the new heading takes the focus, so that it is read out.
  const isAnswer = state !== firstState;
  const slugs = order.items.map(({ slug }) => slug).join(" ");
  useEffect(() => {
    if (state === "paid") for (const slug of slugs.split(" ")) forgetCheckout(slug);
  }, [state, slugs]);
  if (state === "paid") {
    return <PaidOrder {...{ order, canSendMail, isAnswer, withdrawPath }} />;
  }
  if (order.isInTrouble) return <OrderInTrouble order={order} isAnswer={isAnswer} />;
  if (state === "failed" || state === "expired") {
    return <UnpaidOrder key={state} order={order} isAnswer={isAnswer} checkoutPath={checkoutPath} />;
  }
  if (order.payInstructions === "") return <NoPayment order={order} />;
  if (order.payInstructions !== null) return <ManualPayment order={order} instructions={order.payInstructions} />;
  return <AwaitedPayment order={order} />;
}

function OrderInTrouble({ order, isAnswer }: { order: Order; isAnswer: boolean }) {
  return (
    <OrderNotice order={order} title={orderWords.trouble.title} isAnswer={isAnswer}>
      <p>
        <Rich text={orderWords.trouble.text} parts={{ email: <strong>{order.email}</strong> }} />
      </p>
      <ChangeOrderEmail order={order} />
    </OrderNotice>
  );
}

/** An order that is paid outside of the shop, while its seller could not deliver it. */
function NoPayment({ order }: { order: Order }) {
  return (
    <OrderNotice order={order} title={orderWords.noPayment.title}>
      <p>{orderWords.noPayment.text(order.store.name)}</p>
    </OrderNotice>
  );
}

function unpaidText({ payInstructions, isMismatchRefunded }: Order): string {
  const { notCharged, doNotPay, refunded } = orderWords.unpaid;
  if (payInstructions !== null) return doNotPay;
  return isMismatchRefunded ? refunded : notCharged;
}

function UnpaidOrder({
  order,
  isAnswer,
  checkoutPath,
}: Pick<OrderViewProps, "order" | "checkoutPath"> & { isAnswer: boolean }) {
  const words = orderWords.unpaid;
  const isDeclined = order.state === "failed";
  return (
    <OrderNotice order={order} title={isDeclined ? words.declinedTitle : words.expiredTitle} isAnswer={isAnswer}>
      <p>{unpaidText(order)}</p>
      <LinkButton to={checkoutPath} look="primary">
        {isDeclined ? words.tryAgain : words.orderAgain}
      </LinkButton>
    </OrderNotice>
  );
}
