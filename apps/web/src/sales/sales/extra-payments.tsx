import { anyMoneyText, type ExtraPayment, moneyText, type Sale } from "@yumroad/contract";
import { useRef, useState } from "react";
import { randomUuid } from "../../platform/lib/random-uuid.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import { useRefund } from "./api.ts";
import classes from "./sale-view.module.css";

const words = saleWords.extraPayments;

interface ExtraPaymentsProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** The payments that delivered nothing and are not refunded yet, each with what happened and its refund. */
export function ExtraPayments({ sale, onDone }: ExtraPaymentsProps) {
  const unsettled = sale.extraPayments.filter(({ left }) => left.amount > 0);
  if (unsettled.length === 0) return null;
  return (
    <Section title={words.title}>
      {unsettled.map((payment) => (
        <ExtraPaymentItem key={payment.id} sale={sale} payment={payment} onDone={onDone} />
      ))}
    </Section>
  );
}

function ExtraPaymentItem({ sale, payment, onDone }: ExtraPaymentsProps & { payment: ExtraPayment }) {
  // A refund whose answer got lost is sent again as it was.
  const attempt = useRef(randomUuid());
  const [isDeclined, setDeclined] = useState(false);
  const refundSale = useRefund(sale.ref);
  const left = anyMoneyText(payment.left);
  const question = {
    title: words.askTitle,
    text: <p>{words.askText(sale.email, left)}</p>,
    confirm: words.confirm(left),
    cancel: words.cancel,
  };
  function refund() {
    setDeclined(false);
    const input = { amount: payment.left.amount, extraPayment: payment.id, endsAccess: false, reason: "" };
    refundSale.mutate({ ...input, attempt: attempt.current }, { onSuccess: onAnswer });
  }
  function onAnswer({ refunds }: Sale) {
    attempt.current = randomUuid();
    if (refunds.at(-1)?.state === "done") onDone(words.refunded(left));
    else setDeclined(true);
  }
  return (
    <>
      <p>{wordsOf(sale, payment)}</p>
      <div className={classes.actions}>
        <ConfirmButton text={words.ask} question={question} isBusy={refundSale.isPending} onConfirm={refund} />
      </div>
      <div className={classes.problems}>
        {isDeclined && (
          <p role="alert" className={classes.problem}>
            {saleWords.refundProblems.failed}
          </p>
        )}
        <ActionProblem error={refundSale.error} text={words.failed} />
      </div>
    </>
  );
}

function wordsOf({ email, total, state }: Sale, { reason, paid }: ExtraPayment): string {
  if (reason === "paid_twice") return words.paidTwice(email, anyMoneyText(paid));
  const differs = state === "paid" ? words.differsButPaid : words.differs;
  return differs(email, anyMoneyText(paid), moneyText(total));
}
