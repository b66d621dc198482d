import { type Account, ProfileChange } from "@yumroad/contract";
import { Button } from "../../../components/button.tsx";
import { check } from "../../../components/check.ts";
import { FormSummary } from "../../../components/form-summary.tsx";
import { Section } from "../../../components/section.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useForm } from "../../../components/use-form.ts";
import { NOTHING_KEPT, useUnsavedWarning } from "../../../lib/unsaved.ts";
import classes from "../account-form.module.css";
import { useChangeProfile } from "../api.ts";

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
    <Section title="Your name">
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Change your name">
        <FormSummary problem={form.problem} />
        <TextField label="Name" autoComplete="name" field={form.field("name")} />
        <div>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
