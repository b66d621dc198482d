import type { Sale } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import { ExtraPayments } from "./extra-payments.tsx";
import { SaleAccess } from "./sale-access.tsx";
import { SaleActions } from "./sale-actions.tsx";
import { SaleDisputes } from "./sale-disputes.tsx";
import { SaleFacts } from "./sale-facts.tsx";
import { SaleRefunds } from "./sale-refunds.tsx";
import classes from "./sale-view.module.css";
import { eventWords } from "./sale-words.ts";

interface SaleViewProps {
  sale: Sale;
  /** Sections that come first. */
  children?: ReactNode;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** A sale, and what its seller can do about it. */
export function SaleView({ sale, children, onDone }: SaleViewProps) {
  return (
    <div className={classes.sections}>
      {children}
      <ExtraPayments sale={sale} onDone={onDone} />
      <SaleDisputes sale={sale} />
      <Section title={saleWords.sections.order}>
        <SaleFacts sale={sale} />
        <SaleActions sale={sale} onDone={onDone} />
      </Section>
      {sale.can.changeAccess && <SaleAccess sale={sale} onDone={onDone} />}
      {(sale.can.refund || sale.refunds.length > 0) && <SaleRefunds sale={sale} onDone={onDone} />}
      <Section title={saleWords.sections.history}>
        <ol className={classes.history}>
          {sale.history.map(({ kind, at }, index) => (
            // The same may have happened twice in a moment.
            <li key={index} className={classes.event}>
              <span>{eventWords(kind)}</span>
              <span className={classes.at}>
                <Moment at={at} />
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}
