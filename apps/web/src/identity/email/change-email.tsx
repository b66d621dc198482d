import { type Account, EmailChange } from "@yumroad/contract";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { emailWords } from "../../words/email.ts";
import { useChangeEmail } from "./api.ts";

const words = emailWords.change;

/** Requests another address. It takes effect when the link in the mail to it was followed (R64). */
export function ChangeEmail({ account, onClose }: { account: Account; onClose: () => void }) {
  const changeEmail = useChangeEmail();
  const form = useForm({
    initial: { email: "" },
    check(values) {
      const checked = check(EmailChange, values);
      if (!checked.ok || checked.input.email !== account.user.email) return checked;
      return { ok: false, issues: [{ path: ["email"], message: words.isSame }] };
    },
    submit: async (input) => {
      await changeEmail.mutateAsync(input);
      onClose();
    },
    fieldOfProblem: { email_taken: "email" },
    textOfProblem: { mail_unavailable: words.mailUnavailable },
  });
  useUnsavedWarning(form.values.email.trim() !== "", NOTHING_KEPT);
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.email}
        description={words.hint}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("email")}
      />
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.submit}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
}
