import type { Order } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import classes from "./order-notice.module.css";

interface OrderNoticeProps {
  order: Order;
  title: string;
  /** The page replaces another one of the same order (see `PageHeading`). */
  isAnswer?: boolean;
  children: ReactNode;
}

/** The page of an order that is not paid: what was ordered, and how it goes on. */
export function OrderNotice({ order, title, isAnswer = false, children }: OrderNoticeProps) {
  return (
    <div className={classes.page}>
      <PageHeading isAnswer={isAnswer}>{title}</PageHeading>
      <div className={classes.card}>
        <p className={classes.ordered}>
          <span>{order.items.map(({ name }) => name).join(", ")}</span> <strong>{formatMoney(order.total)}</strong>
        </p>
        {children}
      </div>
    </div>
  );
}
