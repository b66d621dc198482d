import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { SaleCard } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { formatDate, formatMoney } from "../../platform/lib/format.ts";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { saleWords } from "../../words/sales.ts";
import type { SalesPage } from "./api.ts";
import { SaleBadge } from "./sale-badge.tsx";
import classes from "./sale-list.module.css";
import { itemNames } from "./sale-words.ts";

const words = saleWords.list;

interface SaleListProps {
  result: UseInfiniteQueryResult<InfiniteData<SalesPage>>;
  linkTo: (sale: SaleCard) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
}

export function SaleList({ result, linkTo, empty }: SaleListProps) {
  const sales = result.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagedList result={result} count={sales.length} noun={[words.one, words.many]} focusable="li a" empty={empty}>
      <ul aria-label={words.label} className={classes.list}>
        {sales.map((sale) => (
          <SaleItem key={sale.ref} sale={sale} to={linkTo(sale)} />
        ))}
      </ul>
    </PagedList>
  );
}

function SaleItem({ sale, to }: { sale: SaleCard; to: string }) {
  const { ref, email, total, refunded, createdAt } = sale;
  return (
    <li className={classes.item}>
      <p className={classes.name}>
        <Link to={to}>
          {itemNames(sale)}
          <span className="visually-hidden">{words.order(ref)}</span>
        </Link>
        <SaleBadge sale={sale} />
      </p>
      <p className={classes.total}>{formatMoney(total)}</p>
      {refunded.amount > 0 && <p className={classes.line}>{words.refunded(formatMoney(refunded))}</p>}
      <p className={classes.line}>{email}</p>
      <p className={classes.line}>
        <time dateTime={createdAt}>{formatDate(createdAt)}</time> · {ref}
      </p>
    </li>
  );
}
