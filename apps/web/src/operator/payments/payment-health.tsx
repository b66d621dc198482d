import type { PaymentHealth, StuckReason } from "@yumroad/contract";
import items from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { StatTiles } from "../../platform/ui/stat-tiles.tsx";
import classes from "./payment-health.module.css";

const REASONS: Readonly<Record<StuckReason, string>> = {
  not_delivered: "Paid, not delivered",
  overdue: "Check overdue",
  amount_differs: "Another amount was paid",
  paid_twice: "Paid twice",
};

/** How the shop's payments fare, and the orders that need somebody. */
export function PaymentHealthView({ health }: { health: PaymentHealth }) {
  const { counts, orders, lastWeek } = health;
  const { paid, heard } = lastWeek;
  return (
    <>
      <StatTiles
        stats={[
          { name: "Paid and not delivered", value: counts.notDelivered },
          { name: "Checks overdue", value: counts.overdue },
          { name: "Payments that don’t match their order", value: counts.inTrouble },
          { name: "Paid in the last 7 days", value: paid },
          { name: "Of these, told by a webhook", value: heard },
        ]}
      />
      {paid > 0 && heard === 0 && (
        <Message>
          <p>
            {paid === 1 ? "1 order was" : `${paid} orders were`} found by asking, none by a webhook. Compare the address
            and the secret of the webhook with those at your payment provider.
          </p>
        </Message>
      )}
      {orders.length > 0 && (
        <Section title="Orders to look at">
          <ul aria-label="Orders to look at" className={classes.list}>
            {orders.map(({ ref, reason, store, buyer, createdAt }) => (
              <li key={ref} className={items.item}>
                <div className={items.words}>
                  <p className={items.name}>
                    {ref}
                    <Badge>{REASONS[reason]}</Badge>
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
