import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { Discount } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatDate, formatMoney, formatNumber } from "../../platform/lib/format.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { type Column, Table } from "../../platform/ui/table.tsx";
import { discountWords } from "../../words/discounts.ts";
import { type DiscountsPage, useEndDiscount } from "./api.ts";
import classes from "./discount-list.module.css";

const words = discountWords.list;

interface DiscountListProps {
  result: UseInfiniteQueryResult<InfiniteData<DiscountsPage>>;
  /** Asks for the form that changes a code. */
  onEdit: (discount: Discount) => void;
  onEnded: (discount: Discount) => void;
  /** Shown for an empty list. */
  empty: ReactNode;
}

export function DiscountList({ result, onEdit, onEnded, empty }: DiscountListProps) {
  const discounts = result.data?.pages.flatMap((page) => page.items) ?? [];
  const actions: Column<Discount> = {
    name: words.columns.actions,
    cell: (discount) =>
      discount.state !== "ended" && (
        <div className={classes.actions}>
          <Button size="sm" label={discountWords.change.label(discount.code)} onClick={() => onEdit(discount)}>
            {discountWords.change.ask}
          </Button>
          <End discount={discount} onEnded={onEnded} />
        </div>
      ),
  };
  return (
    <PagedList result={result} count={discounts.length} noun={[words.one, words.many]} focusable="bdi" empty={empty}>
      <Table
        label={words.label}
        columns={[...FACTS, actions]}
        rows={discounts}
        keyOf={({ id }) => id}
        isSortable={!result.hasNextPage}
      />
    </PagedList>
  );
}

const LOOKS = { active: "good", scheduled: "warn", used_up: "plain", ended: "plain" } as const;

const FACTS: readonly Column<Discount>[] = [
  {
    name: words.columns.code,
    cell: ({ code, products }) => (
      <>
        <bdi tabIndex={-1} className={classes.code}>
          {code}
        </bdi>
        {products !== null && <p className={classes.line}>{namesOf(products)}</p>}
      </>
    ),
    order: ({ code }) => code,
  },
  { name: words.columns.off, cell: ({ off }) => offWords(off) },
  {
    name: words.columns.uses,
    isNumber: true,
    cell: (discount) => <Uses {...discount} />,
    order: ({ uses }) => uses,
  },
  { name: words.columns.dates, cell: datesOf },
  {
    name: words.columns.status,
    cell: ({ state }) => <Badge look={LOOKS[state]}>{discountWords.states[state]}</Badge>,
    order: ({ state }) => discountWords.states[state],
  },
];

function namesOf(products: NonNullable<Discount["products"]>): string {
  return products.length === 0 ? words.productsGone : products.map(({ name }) => name).join(", ");
}

function offWords(off: Discount["off"]): string {
  return off.kind === "percent" ? words.percent(off.percent) : words.off(formatMoney(off.amount));
}

function Uses({ uses, maxUses, perBuyer }: Discount) {
  return (
    <div>
      {maxUses === null ? formatNumber(uses) : words.usesOf(formatNumber(uses), formatNumber(maxUses))}
      {perBuyer !== null && <p className={classes.line}>{words.perBuyer(formatNumber(perBuyer))}</p>}
    </div>
  );
}

function datesOf({ startsAt, endsAt }: Discount): string {
  if (startsAt !== null && endsAt !== null) return words.between(formatDate(startsAt), formatDate(endsAt));
  if (startsAt !== null) return words.from(formatDate(startsAt));
  return endsAt === null ? words.always : words.until(formatDate(endsAt));
}

function End({ discount, onEnded }: { discount: Discount; onEnded: (discount: Discount) => void }) {
  const { ask, label, title, text, confirm, cancel, failed } = discountWords.end;
  const { id, code } = discount;
  const endDiscount = useEndDiscount(id);
  return (
    <>
      <ConfirmButton
        text={ask}
        label={label(code)}
        size="sm"
        question={{ title: title(code), text, confirm, cancel, look: "danger" }}
        isBusy={endDiscount.isPending}
        onConfirm={() => endDiscount.mutate(undefined, { onSuccess: onEnded })}
      />
      <ActionProblem error={endDiscount.error} text={failed} />
    </>
  );
}
