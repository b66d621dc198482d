import type { DemoPayment, DemoPaymentInput } from "@yumroad/contract";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { demoPaymentWords } from "../../words/demo-payment.ts";
import { useActOnDemoPayment } from "./api.ts";
import classes from "./demo-payment-view.module.css";

const words = demoPaymentWords.form;

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
  const form = useForm<{ deed: Deed; isUntold: boolean }, { deed: Deed; isUntold: boolean }>({
    initial: { deed: "pay", isUntold: false },
    check: (input) => ({ ok: true, input }),
    submit: async ({ deed, isUntold }) => {
      await act.mutateAsync({ outcome: deed === "pay_and_close" ? "pay" : deed, isUntold });
      if (deed === "pay_and_close") onClosed();
      else onDone();
    },
  });
  const button = (deed: Deed) => ({
    fullWidth: true,
    isBusy: form.isBusy && form.values.deed === deed,
    onClick: () => {
      form.setValues((last) => ({ ...last, deed }));
      void form.submit({ deed });
    },
  });
  return (
    <>
      <FormSummary problem={form.problem} />
      <p className={classes.bought}>
        <span>{payment.product}</span> <strong>{formatMoney(payment.price)}</strong>
      </p>
      <CheckboxField label={words.untold} description={words.untoldHint} field={form.field("isUntold")} />
      <div className={classes.buttons}>
        <Button look="primary" {...button("pay")}>
          {words.pay(formatMoney(payment.price))}
        </Button>
        <Button {...button("pay_and_close")}>{words.payAndClose}</Button>
        <Button {...button("pay_later")}>{words.payLater}</Button>
        <Button {...button("decline")}>{words.decline}</Button>
      </div>
    </>
  );
}
