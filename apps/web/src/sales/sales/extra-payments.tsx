import { type ExtraPayment, moneyText, type Sale } from "@yumroad/contract";
import { useRef, useState } from "react";
import { randomUuid } from "../../platform/lib/random-uuid.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useRefund } from "./api.ts";
import classes from "./sale-view.module.css";
import { REFUND_DECLINED } from "./sale-words.ts";

interface ExtraPaymentsProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** The payments that delivered nothing and are not refunded yet, each with what happened and its refund. */
export function ExtraPayments({ sale, onDone }: ExtraPaymentsProps) {
  const unsettled = sale.extraPayments.filter(({ left }) => left.amount > 0);
  if (unsettled.length === 0) return null;
  return (
    <Section title="Payment problem">
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
  const left = moneyText(payment.left);
  const question = {
    title: "Refund the extra payment?",
    text: (
      <p>
        {sale.email} gets {left} back. The order stays as it is.
      </p>
    ),
    confirm: `Refund ${left}`,
    cancel: "Cancel",
  };
  function refund() {
    setDeclined(false);
    const input = { amount: payment.left.amount, extraPayment: payment.id, endsAccess: false, reason: "" };
    refundSale.mutate({ ...input, attempt: attempt.current }, { onSuccess: onAnswer });
  }
  function onAnswer({ refunds }: Sale) {
    attempt.current = randomUuid();
    if (refunds.at(-1)?.state === "done") onDone(`Refunded ${left}`);
    else setDeclined(true);
  }
  return (
    <>
      <p>{wordsOf(sale, payment)}</p>
      <div className={classes.actions}>
        <ConfirmButton
          text="Refund the extra payment…"
          question={question}
          isBusy={refundSale.isPending}
          onConfirm={refund}
        />
      </div>
      <div className={classes.problems}>
        {isDeclined && (
          <p role="alert" className={classes.problem}>
            {REFUND_DECLINED}
          </p>
        )}
        <ActionProblem error={refundSale.error} text="The extra payment could not be refunded" />
      </div>
    </>
  );
}

function wordsOf({ email, total, state }: Sale, { reason, paid }: ExtraPayment): string {
  if (reason === "paid_twice")
    return `${email} paid twice. The second payment of ${moneyText(paid)} delivered nothing.`;
  const instead = `${email} paid ${moneyText(paid)} instead of ${moneyText(total)}`;
  return `${instead}, so this payment delivered nothing.${state === "paid" ? " Another payment did." : ""}`;
}
