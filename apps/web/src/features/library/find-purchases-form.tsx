import { endpoints } from "@yumroad/contract";
import { Button } from "../../components/button.tsx";
import { check } from "../../components/check.ts";
import { FormSummary } from "../../components/form-summary.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useForm } from "../../components/use-form.ts";
import { useFindPurchases } from "./api.ts";
import classes from "./find-purchases-form.module.css";

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
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Find your purchases">
      <FormSummary problem={form.problem} />
      <TextField
        label="Email"
        description="The one you bought with"
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("email")}
      />
      <Button type="submit" look="primary" fullWidth isBusy={form.isBusy}>
        Send link
      </Button>
    </form>
  );
}
