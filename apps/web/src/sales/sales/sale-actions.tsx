import { moneyText, type Sale } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { saleWords } from "../../words/sales.ts";
import { useCheckPayment, useMarkAsPaid, useResendReceipt } from "./api.ts";
import classes from "./sale-view.module.css";

const words = saleWords.actions;

interface SaleActionsProps {
  sale: Sale;
  onDone: (text: string) => void;
}

/** The buttons about the payment and the receipt, and the error of an action that failed. */
export function SaleActions({ sale, onDone }: SaleActionsProps) {
  const { ref, email, can } = sale;
  const resendReceipt = useResendReceipt(ref);
  const checkPayment = useCheckPayment(ref);
  const markAsPaid = useMarkAsPaid(ref);
  // A payment outside of the shop is known to the seller alone.
  const canCheck = sale.state !== "paid" && sale.provider !== null && !can.markAsPaid;
  return (
    <>
      <div className={classes.actions}>
        {can.resend && (
          <Button
            isBusy={resendReceipt.isPending}
            onClick={() => resendReceipt.mutate(undefined, { onSuccess: () => onDone(words.resent(email)) })}
          >
            {words.resend}
          </Button>
        )}
        {canCheck && (
          <Button
            isBusy={checkPayment.isPending}
            onClick={() =>
              checkPayment.mutate(undefined, {
                onSuccess: ({ state }) => onDone(state === "paid" ? words.arrived : words.notPaid),
              })
            }
          >
            {words.check}
          </Button>
        )}
        {can.markAsPaid && (
          <MarkAsPaid
            sale={sale}
            isBusy={markAsPaid.isPending}
            onConfirm={() => markAsPaid.mutate(undefined, { onSuccess: () => onDone(words.markedAsPaid) })}
          />
        )}
      </div>
      <div className={classes.problems}>
        <ActionProblem error={resendReceipt.error} text={words.resendFailed} />
        <ActionProblem error={checkPayment.error} text={words.checkFailed} />
        <ActionProblem error={markAsPaid.error} text={words.markFailed} />
      </div>
    </>
  );
}

interface MarkAsPaidProps {
  sale: Sale;
  isBusy: boolean;
  onConfirm: () => void;
}

function MarkAsPaid({ sale: { total, email }, ...action }: MarkAsPaidProps) {
  const { ask, title, text, confirm, cancel } = saleWords.markAsPaid;
  const question = { title, text: <p>{text(moneyText(total), email)}</p>, confirm, cancel, look: "primary" as const };
  return <ConfirmButton text={ask} question={question} {...action} />;
}
