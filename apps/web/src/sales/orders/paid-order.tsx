import type { Order } from "@yumroad/contract";
import { Message } from "../../platform/ui/message.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { orderWords } from "../../words/orders.ts";
import { ChangeOrderEmail } from "./change-order-email.tsx";
import { OrderContents } from "./order-contents.tsx";
import classes from "./paid-order.module.css";
import { Receipt } from "./receipt.tsx";

const words = orderWords.paid;

interface PaidOrderProps {
  order: Order;
  /** False: nothing was emailed, and the server would refuse to change the email. */
  canSendMail: boolean;
  isAnswer: boolean;
  withdrawPath: string | null;
}

/** A paid order: what was bought comes first, then where the receipt went, and the receipt. */
export function PaidOrder({ order, canSendMail, isAnswer, withdrawPath }: PaidOrderProps) {
  const isFree = order.total.amount === 0;
  return (
    <div className={classes.page}>
      <div className={classes.title}>
        <PageHeading isAnswer={isAnswer}>{words.title}</PageHeading>
      </div>
      <OrderContents order={order} />
      <div className={classes.notes}>
        {order.isInTrouble && <Message>{words.trouble}</Message>}
        {canSendMail && (
          <>
            <p>
              <Rich
                text={isFree ? words.linkSent : words.receiptSent}
                parts={{ email: <strong>{order.email}</strong> }}
              />
            </p>
            <ChangeOrderEmail order={order} />
          </>
        )}
      </div>
      <Receipt order={order} withdrawPath={withdrawPath} />
    </div>
  );
}
