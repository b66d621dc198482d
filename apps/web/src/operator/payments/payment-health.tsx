import type { PaymentHealth } from "@yumroad/contract";
import items from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { StatTiles } from "../../platform/ui/stat-tiles.tsx";
import { paymentWords } from "../../words/payments.ts";
import classes from "./payment-health.module.css";

const words = paymentWords.health;

/** How the shop's payments fare, and the orders that need somebody. */
export function PaymentHealthView({ health }: { health: PaymentHealth }) {
  const { counts, orders, lastWeek } = health;
  const { paid, heard } = lastWeek;
  return (
    <>
      <StatTiles
        stats={[
          { name: words.notDelivered, value: counts.notDelivered },
          { name: words.overdue, value: counts.overdue },
          ...(counts.notFound > 0 ? [{ name: words.notFound, value: counts.notFound }] : []),
          { name: words.inTrouble, value: counts.inTrouble },
          { name: words.paidLastWeek, value: paid },
          { name: words.heardLastWeek, value: heard },
        ]}
      />
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
