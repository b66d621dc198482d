import type { BestSeller } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { formatAmount, formatNumber } from "../../platform/lib/format.ts";
import { salesSummaryWords as words } from "../../words/sales-summary.ts";
import classes from "./short-list.module.css";

interface BestSellersProps {
  products: readonly BestSeller[];
  linkTo: (product: BestSeller) => string;
}

export function BestSellers({ products, linkTo }: BestSellersProps) {
  if (products.length === 0) return <p className={classes.line}>{words.noBestSellers}</p>;
  return (
    <ol className={classes.list}>
      {products.map((product) => (
        <li key={`${product.slug} ${product.gross.currency}`} className={classes.item}>
          <Link to={linkTo(product)} dir="auto" className={classes.name}>
            {product.name}
          </Link>
          <span className={classes.amount}>{formatAmount(product.gross)}</span>
          <span className={classes.line}>{words.orders(formatNumber(product.orders), product.orders === 1)}</span>
        </li>
      ))}
    </ol>
  );
}
