import { moneyText, type Refund, type Sale } from "@yumroad/contract";
import { useState } from "react";
import { formatAnyAmount } from "../../platform/lib/format.ts";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import { RefundForm, type RefundResult } from "./refund-form.tsx";
import classes from "./sale-view.module.css";
import { refundStateWords } from "./sale-words.ts";

const words = saleWords.refunds;
const LOOKS = { asked: "plain", pending: "plain", done: "good", failed: "bad" } as const;

interface SaleRefundsProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** The refunds of a sale, and the form for another one. */
export function SaleRefunds({ sale, onDone }: SaleRefundsProps) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  function onAnswer({ amount, state }: RefundResult) {
    setOpen(false);
    if (state === "done") onDone(words.done(moneyText(amount)));
    else setProblem(saleWords.refundProblems[state]);
  }
  return (
    <Section title={words.title} hint={sale.refunds.length === 0 ? words.none : undefined}>
      {sale.refunds.length > 0 && (
        <ul aria-label={words.title} className={classes.refunds}>
          {sale.refunds.map((refund) => (
            <RefundItem key={refund.id} refund={refund} />
          ))}
        </ul>
      )}
      {problem !== null && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      {isOpen ? (
        // It stays open whatever is refetched: what was entered is not lost.
        <RefundForm sale={sale} onAnswer={onAnswer} onClose={() => setOpen(false)} />
      ) : (
        sale.can.refund && (
          <div className={classes.actions}>
            <Button
              label={words.askWithLeft(moneyText(sale.leftToRefund))}
              onClick={() => {
                setProblem(null);
                setOpen(true);
              }}
            >
              {words.ask}
            </Button>
          </div>
        )
      )}
    </Section>
  );
}

function RefundItem({
  refund: { amount, state, isOfExtraPayment, endsAccess, isFromProvider, reason, createdAt },
}: {
  refund: Refund;
}) {
  return (
    <li className={classes.refund}>
      <p className={classes.name}>
        {formatAnyAmount(amount)}
        <Badge look={LOOKS[state]}>{refundStateWords(state)}</Badge>
      </p>
      <p className={classes.line}>
        <Moment at={createdAt} />
        {isOfExtraPayment && ` · ${words.ofExtraPayment}`}
        {endsAccess && ` · ${words.endsAccess}`}
        {isFromProvider && ` · ${words.fromProvider}`}
      </p>
      {state === "failed" && <p className={classes.line}>{words.failed}</p>}
      {reason !== "" && <p className={classes.line}>{reason}</p>}
    </li>
  );
}
