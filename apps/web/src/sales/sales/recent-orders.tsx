import type { SaleCard } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { formatDate, formatMoney } from "../../platform/lib/format.ts";
import { SaleBadge } from "./sale-badge.tsx";
import { itemNames } from "./sale-words.ts";
import classes from "./short-list.module.css";

interface RecentOrdersProps {
  sales: readonly SaleCard[];
  linkTo: (sale: SaleCard) => string;
}

/** A short list of orders, without a way to more. */
export function RecentOrders({ sales, linkTo }: RecentOrdersProps) {
  return (
    <ul className={classes.list}>
      {sales.map((sale) => (
        <li key={sale.ref} className={classes.item}>
          <Link to={linkTo(sale)} dir="auto" className={classes.name}>
            {itemNames(sale)}
          </Link>
          <span className={classes.amount}>{formatMoney(sale.total)}</span>
          <span className={classes.line}>
            {sale.email} · <time dateTime={sale.createdAt}>{formatDate(sale.createdAt)}</time> <SaleBadge sale={sale} />
          </span>
        </li>
      ))}
    </ul>
  );
}
