import { type Account, ProfileChange } from "@yumroad/contract";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSection } from "../../platform/ui/form-section.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { accountWords } from "../../words/account.ts";
import { useChangeProfile } from "../users/api.ts";

const words = accountWords.name;

interface ChangeNameProps {
  account: Account;
  onChanged: (account: Account) => void;
}

/** The user's name, and a form that changes it, on demand. */
export function ChangeName(props: ChangeNameProps) {
  return (
    <FormSection
      title={words.title}
      open={{ text: words.open, label: words.label }}
      current={<p dir="auto">{props.account.user.name}</p>}
    >
      {(close) => <ChangeNameForm {...props} onClose={close} />}
    </FormSection>
  );
}

function ChangeNameForm({ account, onChanged, onClose }: ChangeNameProps & { onClose: () => void }) {
  const changeProfile = useChangeProfile();
  const form = useForm({
    initial: { name: account.user.name },
    check: (values) => check(ProfileChange, values),
    submit: async (input) => {
      const changed = await changeProfile.mutateAsync(input);
      onClose();
      onChanged(changed);
    },
  });
  useUnsavedWarning(form.values.name.trim() !== account.user.name, NOTHING_KEPT);
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField label={words.name} autoComplete="name" field={form.field("name")} />
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
