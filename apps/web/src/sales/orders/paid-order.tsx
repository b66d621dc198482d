import type { Order } from "@yumroad/contract";
import { Message } from "../../platform/ui/message.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { ChangeOrderEmail } from "./change-order-email.tsx";
import { OrderContents } from "./order-contents.tsx";
import classes from "./paid-order.module.css";
import { Receipt } from "./receipt.tsx";

interface PaidOrderProps {
  order: Order;
  /** False: nothing was emailed, and the server would refuse to change the email. */
  canSendMail: boolean;
  isAnswer: boolean;
}

/** A paid order: what was bought, and the receipt. */
export function PaidOrder({ order, canSendMail, isAnswer }: PaidOrderProps) {
  const isFree = order.total.amount === 0;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageHeading isAnswer={isAnswer}>Thank you</PageHeading>
        {canSendMail && (
          <>
            <p>
              We emailed {isFree ? "the link to this page" : "your receipt"} to <strong>{order.email}</strong>. Nothing
              there? Check your spam folder.
            </p>
            <ChangeOrderEmail order={order} />
          </>
        )}
        {order.isInTrouble && <Message>We’re looking into your payment. The seller will write to you.</Message>}
      </div>
      <OrderContents order={order} />
      <Receipt order={order} />
    </div>
  );
}
