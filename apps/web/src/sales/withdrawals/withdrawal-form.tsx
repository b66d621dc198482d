import { WithdrawalInput } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { withdrawalWords } from "../../words/withdrawals.ts";

const words = withdrawalWords.form;

interface WithdrawalFormProps {
  /** What is filled in at first. */
  initial: { name: string; order: string; contact: string };
  onNext: (input: WithdrawalInput) => void;
}

/** The first step: who withdraws, from what, and where to confirm it. Nothing else is asked. */
export function WithdrawalForm({ initial, onNext }: WithdrawalFormProps) {
  const form = useForm({
    initial: { name: initial.name, order: initial.order, contact: initial.contact },
    check: (values) => check(WithdrawalInput, values),
    submit: async (input) => onNext(input),
    isReusable: true,
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField label={words.name} autoComplete="name" field={form.field("name")} />
      <TextField
        label={words.order}
        description={words.orderHint}
        autoComplete="off"
        spellCheck={false}
        field={form.field("order")}
      />
      <TextField
        label={words.email}
        description={words.emailHint}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("contact")}
      />
      <Button type="submit" look="primary" fullWidth>
        {words.next}
      </Button>
    </form>
  );
}
