import type { Money, Order } from "@yumroad/contract";
import { Fragment, type ReactNode } from "react";
import { formatDate, formatMoney } from "../../platform/lib/format.ts";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { orderWords } from "../../words/orders.ts";
import classes from "./receipt.module.css";
import { Seller } from "./seller.tsx";

const words = orderWords.receipt;

/** The receipt of a paid order. Printing the page prints it alone. */
export function Receipt({ order, withdrawPath }: { order: Order; withdrawPath: string | null }) {
  const isFree = order.total.amount === 0;
  return (
    <div className={classes.receipt}>
      <Section title={isFree ? words.freeTitle : words.title}>
        <Facts facts={factsOf(order)} />
        <table className={classes.lines}>
          <caption className="visually-hidden">{words.items}</caption>
          <tbody>
            {order.items.map(({ name, slug, price }) => (
              <Line key={slug} name={name} money={price} />
            ))}
            {order.discount && (
              <Line name={words.discount(order.discount.code)} money={order.discount.amount} isTakenOff />
            )}
          </tbody>
          <tfoot>
            <Line name={words.total} money={order.total} />
            {order.refunded.amount > 0 && <Line name={words.refunded} money={order.refunded} />}
          </tfoot>
        </table>
        <Facts
          isLong
          facts={[
            [words.soldBy, <Seller key="seller" seller={order.seller} fallback={order.store.name} />],
            ...(order.merchantOfRecord === null
              ? []
              : [[words.soldThrough, words.merchantOfRecord(order.merchantOfRecord)] as const]),
            [words.soldTo, order.email],
            ...(order.consent === null
              ? []
              : [[words.agreedOn(formatDate(order.consent.at)), `“${order.consent.text}”`] as const]),
          ]}
        />
        <div className={classes.actions}>
          <Button onClick={() => window.print()}>{isFree ? words.freePrint : words.print}</Button>
          {withdrawPath !== null && <LinkButton to={withdrawPath}>{words.withdraw}</LinkButton>}
        </div>
      </Section>
    </div>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function factsOf({ number, ref, paidAt, createdAt, total }: Order): Fact[] {
  return [
    ...(number === null || total.amount === 0 ? [] : [[words.number, number] as const]),
    [words.ref, ref],
    [words.date, formatDate(paidAt ?? createdAt)],
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

function Line({ name, money, isTakenOff = false }: { name: string; money: Money; isTakenOff?: boolean }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {isTakenOff && "−"}
        {formatMoney(money)}
      </td>
    </tr>
  );
}
