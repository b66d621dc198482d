import { moneyText, type Sale } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { useCheckPayment, useMarkAsPaid, useResendReceipt } from "./api.ts";
import classes from "./sale-view.module.css";

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
            onClick={() =>
              resendReceipt.mutate(undefined, { onSuccess: () => onDone(`The receipt is on its way to ${email}`) })
            }
          >
            Resend receipt
          </Button>
        )}
        {canCheck && (
          <Button
            isBusy={checkPayment.isPending}
            onClick={() =>
              checkPayment.mutate(undefined, {
                onSuccess: ({ state }) => onDone(state === "paid" ? "The payment has arrived" : "Not paid yet"),
              })
            }
          >
            Check payment
          </Button>
        )}
        {can.markAsPaid && (
          <MarkAsPaid
            sale={sale}
            isBusy={markAsPaid.isPending}
            onConfirm={() => markAsPaid.mutate(undefined, { onSuccess: () => onDone("The order is marked as paid") })}
          />
        )}
      </div>
      <div className={classes.problems}>
        <ActionProblem error={resendReceipt.error} text="The receipt could not be sent" />
        <ActionProblem error={checkPayment.error} text="The payment could not be checked" />
        <ActionProblem error={markAsPaid.error} text="The order could not be marked as paid" />
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
  const question = {
    title: "Mark as paid?",
    text: (
      <p>
        Only if you have received {moneyText(total)}. {email} gets access and a receipt. This can’t be undone.
      </p>
    ),
    confirm: "Mark as paid",
    cancel: "Cancel",
  };
  return <ConfirmButton text="Mark as paid…" question={question} {...action} />;
}
