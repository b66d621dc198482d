import { endpoints, type Order } from "@yumroad/contract";
import { useRef, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { type Checked, useForm } from "../../platform/ui/use-form.ts";
import { orderWords } from "../../words/orders.ts";
import { useChangeOrderEmail } from "./api.ts";
import classes from "./change-order-email.module.css";
import { EmailField } from "./email-field.tsx";

const words = orderWords.changeEmail;

/** Offers to correct the email that an order was placed with. */
export function ChangeOrderEmail({ order }: { order: Order }) {
  const [isOpen, setOpen] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const focusEvents = useFocusCaught(box);
  return (
    <div ref={box} tabIndex={-1} className={classes.box} {...focusEvents}>
      <p role="status" className={classes.outcome}>
        {isChanged && !isOpen && changedWords(order)}
      </p>
      {isOpen ? (
        <EmailForm
          order={order}
          onCancel={() => setOpen(false)}
          onChanged={() => {
            setOpen(false);
            setChanged(true);
          }}
        />
      ) : (
        <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
          {words.open}
        </Button>
      )}
    </div>
  );
}

function changedWords({ email, state }: Order): string {
  if (state !== "paid") return words.willEmail(email);
  return words.sentAgain(email);
}

interface EmailFormProps {
  order: Order;
  onCancel: () => void;
  onChanged: () => void;
}

function EmailForm({ order, onCancel, onChanged }: EmailFormProps) {
  const changeEmail = useChangeOrderEmail(order.ref);
  const form = useForm({
    initial: { email: order.email },
    check: (values) => checkEmail(order.email, values),
    submit: async (input) => {
      await changeEmail.mutateAsync(input);
      onChanged();
    },
    textOfProblem: { mail_unavailable: words.noMail },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.form}>
      <FormSummary problem={form.problem} />
      <EmailField field={form.field("email")} />
      <div className={classes.buttons}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.change}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

/** The present email is refused here, because the server would do nothing and the buyer would wait for a mail. */
function checkEmail(present: string, values: { email: string }): Checked<{ email: string }> {
  const checked = check(endpoints.orders.changeEmail.body, values);
  if (!checked.ok || checked.input.email !== present) return checked;
  return { ok: false, issues: [{ path: ["email"], message: words.same }] };
}
