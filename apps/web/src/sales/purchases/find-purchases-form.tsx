import { endpoints } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { purchaseWords } from "../../words/purchases.ts";
import { useFindPurchases } from "./api.ts";
import classes from "./find-purchases-form.module.css";

const words = purchaseWords.form;

interface FindPurchasesFormProps {
  /** The previously entered email. */
  email: string;
  onAsked: (email: string) => void;
}

export function FindPurchasesForm({ email, onAsked }: FindPurchasesFormProps) {
  const findPurchases = useFindPurchases();
  const form = useForm({
    initial: { email },
    check: (values) => check(endpoints.purchases.find.body, values),
    submit: async (input) => {
      await findPurchases.mutateAsync(input);
      onAsked(input.email);
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.email}
        description={words.emailHint}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("email")}
      />
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        {words.send}
      </Button>
    </form>
  );
}
