import type { PaymentHealth } from "@yumroad/contract";
import items from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { paymentWords } from "../../words/payments.ts";
import classes from "./payment-health.module.css";

const words = paymentWords.health;

/** How the shop's payments fare, and the orders that need somebody. */
export function PaymentHealthView({ health }: { health: PaymentHealth }) {
  const { counts, orders, lastWeek } = health;
  const { paid, heard } = lastWeek;
  return (
    <>
      <dl className={classes.facts}>
        <Fact term={words.notDelivered} count={counts.notDelivered} />
        <Fact term={words.overdue} count={counts.overdue} />
        <Fact term={words.inTrouble} count={counts.inTrouble} />
        <Fact term={words.paidLastWeek} count={paid} />
        <Fact term={words.heardLastWeek} count={heard} />
      </dl>
      {paid > 0 && heard === 0 && (
        <Message>
          <p>{words.noWebhook(paid)}</p>
        </Message>
      )}
      {orders.length > 0 && (
        <Section title={words.orders}>
          <ul aria-label={words.orders} className={classes.list}>
            {orders.map(({ ref, reason, store, buyer, createdAt }) => (
              <li key={ref} className={items.item}>
                <div className={items.words}>
                  <p className={items.name}>
                    {ref}
                    <Badge>{paymentWords.reasons[reason]}</Badge>
                  </p>
                  <p className={items.line}>
                    {store.name} · {buyer} · <Moment at={createdAt} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Fact({ term, count }: { term: string; count: number }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <dd>{count}</dd>
    </div>
  );
}
