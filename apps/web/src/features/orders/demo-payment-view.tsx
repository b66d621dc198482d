import type { DemoPayment, DemoPaymentInput } from "@yumroad/contract";
import { useState } from "react";
import { ActionProblem } from "../../components/action-problem.tsx";
import { Button } from "../../components/button.tsx";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { useForm } from "../../components/use-form.ts";
import { formatMoney } from "../../lib/format.ts";
import { useActOnDemoPayment } from "./api.ts";
import classes from "./demo-payment-view.module.css";

interface DemoPaymentViewProps {
  session: string;
  payment: DemoPayment;
  onDone: () => void;
  /** The payment is made, and the buyer does not come back to the shop. */
  onClosed: () => void;
}

type Deed = DemoPaymentInput["outcome"] | "pay_and_close";

/** The demo's payment page: each way that a payment can go is a button. */
export function DemoPaymentView({ session, payment, onDone, onClosed }: DemoPaymentViewProps) {
  const act = useActOnDemoPayment(session);
  const [pressed, setPressed] = useState<Deed | null>(null);
  const { field, values } = useForm({
    initial: { isUntold: false },
    check: (input) => ({ ok: true, input }),
    submit: async () => {},
  });
  const button = (deed: Deed) => ({
    fullWidth: true,
    isBusy: act.isPending && pressed === deed,
    onClick: () => {
      if (act.isPending) return;
      setPressed(deed);
      const outcome = deed === "pay_and_close" ? "pay" : deed;
      act.mutate({ outcome, isUntold: values.isUntold }, { onSuccess: deed === "pay_and_close" ? onClosed : onDone });
    },
  });
  return (
    <>
      <p className={classes.bought}>
        <span>{payment.product}</span> <strong>{formatMoney(payment.price)}</strong>
      </p>
      <CheckboxField
        label="Don’t tell the shop (the webhook gets lost)"
        description="The shop finds out when it asks by itself."
        field={field("isUntold")}
      />
      <div className={classes.buttons}>
        <Button look="primary" {...button("pay")}>
          {`Pay ${formatMoney(payment.price)}`}
        </Button>
        <Button {...button("pay_and_close")}>Pay and close this window</Button>
        <Button {...button("pay_later")}>Pay later</Button>
        <Button {...button("decline")}>Decline</Button>
      </div>
      <ActionProblem error={act.error} text="The payment didn’t go through" />
    </>
  );
}
