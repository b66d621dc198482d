import type { Order } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { orderWords } from "../../words/orders.ts";
import { useCheckOrder } from "./api.ts";
import classes from "./awaited-payment.module.css";
import { ChangeOrderEmail } from "./change-order-email.tsx";
import { OrderNotice } from "./order-notice.tsx";
import { usePaymentPoll } from "./use-payment-poll.ts";

const words = orderWords.awaited;

/** An order whose payment has not arrived. It is checked for a while, and then at the press of a button. */
export function AwaitedPayment({ order }: { order: Order }) {
  const { isPolling } = usePaymentPoll(order.ref);
  const check = useCheckOrder(order.ref);
  const isPending = order.state === "pending";
  return (
    <OrderNotice order={order} title={titleOf(isPending, isPolling)}>
      {isPending && <p>{words.pending}</p>}
      <p role="status">
        {isPolling && !isPending ? (
          words.checking
        ) : (
          <Rich text={words.willEmail} parts={{ email: <strong>{order.email}</strong> }} />
        )}
      </p>
      {!isPolling && <ChangeOrderEmail order={order} />}
      <div className={classes.actions}>
        {order.payAt !== null && !isPending && (
          <LinkButton to={order.payAt} look={isPolling ? "plain" : "primary"}>
            {words.payNow}
          </LinkButton>
        )}
        {!isPolling && (
          <Button isBusy={check.isPending} onClick={() => check.mutate()}>
            {words.checkAgain}
          </Button>
        )}
      </div>
      {!isPolling && check.isSuccess && !check.isPending && <p role="status">{words.checked}</p>}
      <ActionProblem error={check.error} text={words.checkFailed} />
    </OrderNotice>
  );
}

/** A bank that has taken the payment on is no failure, however long it takes. */
function titleOf(isPending: boolean, isPolling: boolean): string {
  if (isPending) return words.pendingTitle;
  return isPolling ? words.checkingTitle : words.missingTitle;
}
