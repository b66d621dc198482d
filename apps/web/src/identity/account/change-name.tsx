import { type Account, ProfileChange } from "@yumroad/contract";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { accountWords } from "../../words/account.ts";
import { useChangeProfile } from "../users/api.ts";

const words = accountWords.name;

interface ChangeNameProps {
  account: Account;
  onChanged: (account: Account) => void;
}

export function ChangeName({ account, onChanged }: ChangeNameProps) {
  const changeProfile = useChangeProfile();
  const form = useForm({
    initial: { name: account.user.name },
    isReusable: true,
    check: (values) => check(ProfileChange, values),
    submit: async (input) => onChanged(await changeProfile.mutateAsync(input)),
  });
  useUnsavedWarning(form.values.name.trim() !== account.user.name, NOTHING_KEPT);
  return (
    <Section title={words.title}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
        <FormSummary problem={form.problem} />
        <TextField label={words.name} autoComplete="name" field={form.field("name")} />
        <div>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            {words.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}
