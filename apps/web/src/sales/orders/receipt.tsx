import type { Money, Order } from "@yumroad/contract";
import { Fragment, type ReactNode } from "react";
import { formatDate, formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import classes from "./receipt.module.css";
import { Seller } from "./seller.tsx";

/** The receipt of a paid order. Printing the page prints it alone. */
export function Receipt({ order }: { order: Order }) {
  const isFree = order.total.amount === 0;
  return (
    <div className={classes.receipt}>
      <Section title={isFree ? "Your order" : "Receipt"}>
        <Facts facts={factsOf(order)} />
        <table className={classes.lines}>
          <caption className="visually-hidden">Items</caption>
          <tbody>
            {order.items.map(({ name, slug, price }) => (
              <Line key={slug} name={name} money={price} />
            ))}
          </tbody>
          <tfoot>
            <Line name="Total" money={order.total} />
            {order.refunded.amount > 0 && <Line name="Refunded" money={order.refunded} />}
          </tfoot>
        </table>
        <Facts
          isLong
          facts={[
            ["Sold by", <Seller key="seller" seller={order.seller} fallback={order.store.name} />],
            ["Sold to", order.email],
            ...(order.consent === null
              ? []
              : [[`You agreed on ${formatDate(order.consent.at)}`, `“${order.consent.text}”`] as const]),
          ]}
        />
        <div className={classes.actions}>
          <Button onClick={() => window.print()}>{isFree ? "Print" : "Print receipt"}</Button>
        </div>
      </Section>
    </div>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function factsOf({ number, ref, paidAt, createdAt, total }: Order): Fact[] {
  return [
    ...(number === null || total.amount === 0 ? [] : [["Receipt no.", number] as const]),
    ["Order", ref],
    ["Date", formatDate(paidAt ?? createdAt)],
  ];
}

/** Long facts go below their names where the page is narrow. */
function Facts({ facts, isLong = false }: { facts: readonly Fact[]; isLong?: boolean }) {
  return (
    <dl className={classes.facts} data-long={isLong || undefined}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Line({ name, money }: { name: string; money: Money }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatMoney(money)}</td>
    </tr>
  );
}
