import type { Sale } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Moment } from "../../platform/ui/moment.tsx";
import { saleWords } from "../../words/sales.ts";
import classes from "./sale-view.module.css";
import { providerWords } from "./sale-words.ts";

const words = saleWords.facts;

/** Who bought what, for how much, and when. */
export function SaleFacts({ sale }: { sale: Sale }) {
  const { email, items, discount, total, refunded, number, provider, createdAt, paidAt, consent } = sale;
  return (
    <dl className={classes.facts}>
      {items.map(({ slug, name, price }) => (
        <Fact key={slug} term={name} look="item">
          {formatMoney(price)}
        </Fact>
      ))}
      {discount && (
        <Fact term={words.discount(discount.code)} look="item">
          −{formatMoney(discount.amount)}
        </Fact>
      )}
      <Fact term={words.total} look="strong">
        {formatMoney(total)}
      </Fact>
      {refunded.amount > 0 && (
        <Fact term={words.refunded} look="item">
          {formatMoney(refunded)}
        </Fact>
      )}
      <Fact term={words.email} look="long">
        {email}
      </Fact>
      <Fact term={words.orderedAt}>
        <Moment at={createdAt} />
      </Fact>
      {paidAt !== null && (
        <Fact term={words.paidAt}>
          <Moment at={paidAt} />
        </Fact>
      )}
      {number !== null && <Fact term={words.receiptNumber}>{number}</Fact>}
      <Fact term={words.payment}>{providerWords(provider)}</Fact>
      {consent !== null && (
        <Fact term={words.agreedTo} look="long">
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
