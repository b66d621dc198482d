import { PasswordResetRequest } from "@yumroad/contract";
import { check } from "../../platform/ui/check.ts";
import { EmailForm } from "../../platform/ui/email-form.tsx";
import { toldField } from "../../platform/ui/told-field.ts";
import { useForm } from "../../platform/ui/use-form.ts";
import { passwordWords } from "../../words/password.ts";
import { useRequestPasswordReset } from "./recovery-api.ts";

const words = passwordWords.forgotten;

interface ForgotPasswordFormProps {
  /** The email typed so far, here or on the page before. */
  email: string;
  onEmail: (email: string) => void;
  /** The page to return to at the end; null for home. */
  next: string | null;
  onAsked: (email: string) => void;
}

export function ForgotPasswordForm({ email, onEmail, next, onAsked }: ForgotPasswordFormProps) {
  const requestPasswordReset = useRequestPasswordReset();
  const form = useForm({
    initial: { email },
    check: (values) => check(PasswordResetRequest, { ...values, ...(next === null ? {} : { next }) }),
    submit: async (input) => {
      await requestPasswordReset.mutateAsync(input);
      onAsked(input.email);
    },
  });
  return <EmailForm form={form} field={toldField(form.field("email"), onEmail)} words={words.form} />;
}
