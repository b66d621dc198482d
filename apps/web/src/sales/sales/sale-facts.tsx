import type { Sale } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Moment } from "../../platform/ui/moment.tsx";
import classes from "./sale-view.module.css";
import { providerWords } from "./sale-words.ts";

/** Who bought what, for how much, and when. */
export function SaleFacts({ sale }: { sale: Sale }) {
  const { email, items, total, refunded, number, provider, createdAt, paidAt, consent } = sale;
  return (
    <dl className={classes.facts}>
      {items.map(({ slug, name, price }) => (
        <Fact key={slug} term={name} look="item">
          {formatMoney(price)}
        </Fact>
      ))}
      <Fact term="Total" look="strong">
        {formatMoney(total)}
      </Fact>
      {refunded.amount > 0 && (
        <Fact term="Refunded" look="item">
          {formatMoney(refunded)}
        </Fact>
      )}
      <Fact term="Email" look="long">
        {email}
      </Fact>
      <Fact term="Ordered">
        <Moment at={createdAt} />
      </Fact>
      {paidAt !== null && (
        <Fact term="Paid">
          <Moment at={paidAt} />
        </Fact>
      )}
      {number !== null && <Fact term="Receipt number">{number}</Fact>}
      <Fact term="Payment">{providerWords(provider)}</Fact>
      {consent !== null && (
        <Fact term="Agreed to" look="long">
          {consent.text}
        </Fact>
      )}
    </dl>
  );
}

interface FactProps {
  term: string;
  /** `long`: on narrow screens the text has a line of its own. */
  look?: "item" | "strong" | "long";
  children: ReactNode;
}

function Fact({ term, look, children }: FactProps) {
  return (
    <div className={classes.fact} data-look={look}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
