import { useQuery } from "@tanstack/react-query";
import { moneyText, type Sale, type Withdrawal, type WithdrawalOutcome } from "@yumroad/contract";
import { useState } from "react";
import { formatMoment } from "../../platform/lib/format.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import { withdrawalWords } from "../../words/withdrawals.ts";
import { RefundForm, type RefundResult } from "../sales/refund-form.tsx";
import { useSettleWithdrawal, withdrawalsQuery } from "./api.ts";
import classes from "./sale-withdrawals.module.css";

const words = withdrawalWords.ofSale;

interface SaleWithdrawalsProps {
  sale: Sale;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** What buyers have stated about withdrawing from an order, and what its seller can do about it. */
export function SaleWithdrawals({ sale, onDone }: SaleWithdrawalsProps) {
  const { data, error } = useQuery(withdrawalsQuery(sale.ref));
  if (data === undefined) return <ActionProblem error={error} text={words.loadFailed} />;
  if (data.items.length === 0) return null;
  return (
    <Section title={words.title}>
      {data.items.map((withdrawal) => (
        <Statement key={withdrawal.ref} sale={sale} withdrawal={withdrawal} onDone={onDone} />
      ))}
    </Section>
  );
}

function Statement({ sale, withdrawal, onDone }: SaleWithdrawalsProps & { withdrawal: Withdrawal }) {
  const settle = useSettleWithdrawal(sale.ref);
  const [isRefunding, setRefunding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const finish = (outcome: WithdrawalOutcome, done: string) =>
    settle.mutate({ withdrawal: withdrawal.ref, outcome }, { onSuccess: () => onDone(done) });
  function onAnswer({ amount, state }: RefundResult) {
    setRefunding(false);
    if (state === "done") finish("handled", saleWords.refunds.done(moneyText(amount)));
    else setProblem(saleWords.refundProblems[state]);
  }
  return (
    <div className={classes.statement}>
      <StatementText withdrawal={withdrawal} />
      {problem !== null && <p role="alert">{problem}</p>}
      {isRefunding ? (
        <RefundForm sale={sale} endsAccess onAnswer={onAnswer} onClose={() => setRefunding(false)} />
      ) : (
        withdrawal.outcome === null && (
          <div className={classes.actions}>
            {sale.can.refund && (
              <Button look="primary" onClick={() => setRefunding(true)}>
                {words.refund}
              </Button>
            )}
            <Button isBusy={settle.isPending} onClick={() => finish("handled", words.saved)}>
              {words.handled}
            </Button>
            <Button isBusy={settle.isPending} onClick={() => finish("declined", words.saved)}>
              {words.decline}
            </Button>
          </div>
        )
      )}
      <ActionProblem error={settle.error} text={words.failed} />
    </div>
  );
}

function StatementText({ withdrawal }: { withdrawal: Withdrawal }) {
  const { name, receivedAt, statement, ref, acknowledgedAt, outcome } = withdrawal;
  return (
    <>
      <p>
        {words.received(name, formatMoment(receivedAt))}
        {outcome !== null && <Badge look="plain">{withdrawalWords.outcomes[outcome]}</Badge>}
      </p>
      {statement !== "" && <blockquote className={classes.quote}>{statement}</blockquote>}
      <p>{rightWords(withdrawal)}</p>
      <p className={classes.line}>
        {words.reference(ref)} · {acknowledgedAt === null ? words.notConfirmed : words.confirmed}
      </p>
    </>
  );
}

function rightWords({ right, rightEndedAt, receivedAt }: Withdrawal): string {
  const text = withdrawalWords.rights[right];
  return typeof text === "string" ? text : text(formatMoment(rightEndedAt ?? receivedAt));
}
