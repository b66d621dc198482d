import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { SaleCard } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { formatDate, formatMoney } from "../../platform/lib/format.ts";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { type Column, Table } from "../../platform/ui/table.tsx";
import { saleWords } from "../../words/sales.ts";
import type { SalesPage } from "./api.ts";
import { SaleBadge } from "./sale-badge.tsx";
import classes from "./sale-list.module.css";
import { itemNames, saleStateWords } from "./sale-words.ts";

const words = saleWords.list;

interface SaleListProps {
  result: UseInfiniteQueryResult<InfiniteData<SalesPage>>;
  linkTo: (sale: SaleCard) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
}

export function SaleList({ result, linkTo, empty }: SaleListProps) {
  const sales = result.data?.pages.flatMap((page) => page.items) ?? [];
  const order: Column<SaleCard> = {
    name: words.columns.order,
    cell: (sale) => (
      <>
        <Link to={linkTo(sale)} className={classes.name}>
          <bdi>{itemNames(sale)}</bdi>
          <span className="visually-hidden">{words.order(sale.ref)}</span>
        </Link>
        <p className={classes.line}>{sale.ref}</p>
      </>
    ),
  };
  return (
    <PagedList result={result} count={sales.length} noun={[words.one, words.many]} focusable="tbody a" empty={empty}>
      <Table
        label={words.label}
        columns={[order, ...FACTS]}
        rows={sales}
        keyOf={({ ref }) => ref}
        isSortable={!result.hasNextPage}
      />
    </PagedList>
  );
}

const FACTS: readonly Column<SaleCard>[] = [
  { name: words.columns.customer, cell: ({ email }) => email, order: ({ email }) => email },
  { name: words.columns.status, cell: (sale) => <SaleBadge sale={sale} />, order: saleStateWords },
  {
    name: words.columns.date,
    cell: ({ createdAt }) => (
      <time dateTime={createdAt} className={classes.date}>
        {formatDate(createdAt)}
      </time>
    ),
    order: ({ createdAt }) => createdAt,
  },
  {
    name: words.columns.total,
    isNumber: true,
    cell: (sale) => <Total {...sale} />,
    order: ({ total }) => total.amount,
  },
];

function Total({ total, refunded }: SaleCard) {
  return (
    <div>
      {formatMoney(total)}
      {refunded.amount > 0 && <p className={classes.line}>{words.refunded(formatMoney(refunded))}</p>}
    </div>
  );
}
