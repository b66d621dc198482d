import { type Account, EmailChange } from "@yumroad/contract";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { check } from "../../platform/ui/check.ts";
import { EmailForm } from "../../platform/ui/email-form.tsx";
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
  return <EmailForm form={form} words={words} cancel={{ text: words.cancel, onCancel: onClose }} />;
}
