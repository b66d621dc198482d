import type { Order } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { useCheckOrder } from "./api.ts";
import classes from "./awaited-payment.module.css";
import { ChangeOrderEmail } from "./change-order-email.tsx";
import { OrderNotice } from "./order-notice.tsx";
import { usePaymentPoll } from "./use-payment-poll.ts";

/** An order whose payment has not arrived. It is checked for a while, and then at the press of a button. */
export function AwaitedPayment({ order }: { order: Order }) {
  const { isPolling } = usePaymentPoll(order.ref);
  const check = useCheckOrder(order.ref);
  const isPending = order.state === "pending";
  return (
    <OrderNotice order={order} title={isPolling ? "We’re checking your payment…" : "Your payment hasn’t arrived yet"}>
      <p role="status">
        {isPolling ? (
          "This usually takes a few seconds."
        ) : (
          <>
            We’ll email you at <strong>{order.email}</strong> as soon as it arrives. You can close this page.
          </>
        )}
      </p>
      {!isPolling && <ChangeOrderEmail order={order} />}
      <div className={classes.actions}>
        {order.payAt !== null && !isPending && (
          <LinkButton to={order.payAt} look={isPolling ? "plain" : "primary"}>
            Pay now
          </LinkButton>
        )}
        {!isPolling && (
          <Button isBusy={check.isPending} onClick={() => check.mutate()}>
            Check again
          </Button>
        )}
      </div>
      {!isPolling && check.isSuccess && !check.isPending && <p role="status">Checked just now: not there yet.</p>}
      <ActionProblem error={check.error} text="We couldn’t check" />
    </OrderNotice>
  );
}
