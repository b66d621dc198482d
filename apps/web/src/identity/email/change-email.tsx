import { type Account, EmailChange } from "@yumroad/contract";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { useChangeEmail } from "./api.ts";

/** Requests another address. It takes effect when the link in the mail to it was followed (R64). */
export function ChangeEmail({ account }: { account: Account }) {
  const changeEmail = useChangeEmail();
  const form = useForm({
    initial: { email: "" },
    isReusable: true,
    check(values) {
      const checked = check(EmailChange, values);
      if (!checked.ok || checked.input.email !== account.user.email) return checked;
      return { ok: false, issues: [{ path: ["email"], message: "That is your address already" }] };
    },
    submit: async (input) => {
      await changeEmail.mutateAsync(input);
      form.setValues({ email: "" });
    },
    fieldOfProblem: { email_taken: "email" },
    textOfProblem: {
      mail_unavailable: "This shop can’t send mail, so there is no way to prove that a new address is yours",
    },
  });
  useUnsavedWarning(form.values.email.trim() !== "", NOTHING_KEPT);
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Change your email">
      <FormSummary problem={form.problem} />
      <TextField
        label="New email"
        description="We send a link there. Until you follow it, everything stays as it is."
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        field={form.field("email")}
      />
      <div>
        <Button type="submit" isBusy={form.isBusy}>
          Change email
        </Button>
      </div>
    </form>
  );
}
