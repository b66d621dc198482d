import { moneyText, type Refund, type Sale } from "@yumroad/contract";
import { useState } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { leftToRefund } from "./refund-check.ts";
import { RefundForm, type RefundResult } from "./refund-form.tsx";
import classes from "./sale-view.module.css";
import { REFUND_DECLINED, refundStateWords } from "./sale-words.ts";

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
    if (state === "done") onDone(`Refunded ${moneyText(amount)}`);
    else setProblem(PROBLEMS[state]);
  }
  return (
    <Section title="Refunds" hint={sale.refunds.length === 0 ? "Nothing refunded yet." : undefined}>
      {sale.refunds.length > 0 && (
        <ul aria-label="Refunds" className={classes.refunds}>
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
              label={`Refund… ${moneyText(leftToRefund(sale))} left`}
              onClick={() => {
                setProblem(null);
                setOpen(true);
              }}
            >
              Refund…
            </Button>
          </div>
        )
      )}
    </Section>
  );
}

const PROBLEMS: Readonly<Record<Exclude<Refund["state"], "done">, string>> = {
  asked: "The payment provider can’t be reached right now. Your refund is saved, and we’ll keep trying.",
  failed: REFUND_DECLINED,
};

function RefundItem({
  refund: { amount, state, isOfExtraPayment, endsAccess, reason, createdAt },
}: {
  refund: Refund;
}) {
  return (
    <li className={classes.refund}>
      <p className={classes.name}>
        {formatMoney(amount)}
        <Badge look={state === "done" ? "good" : "plain"}>{refundStateWords(state)}</Badge>
      </p>
      <p className={classes.line}>
        <Moment at={createdAt} />
        {isOfExtraPayment && " · extra payment"}
        {endsAccess && " · ends access"}
      </p>
      {reason !== "" && <p className={classes.line}>{reason}</p>}
    </li>
  );
}
