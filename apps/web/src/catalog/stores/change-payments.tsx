import { type OwnStore, PAY_INSTRUCTIONS_MAX_LENGTH, StorePayments, type User } from "@yumroad/contract";
import { useState } from "react";
import * as z from "zod/mini";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { storeSettingsWords } from "../../words/store-settings.ts";
import { useChangePayments } from "./api.ts";
import classes from "./edit-store.module.css";

const words = storeSettingsWords.payments;

const FORM = "store-payments";
const Draft = z.strictObject({ payInstructions: z.string() });

interface ChangePaymentsProps {
  user: User;
  store: OwnStore;
  onSaved: () => void;
}

/** The form in which a seller says how buyers pay. It is one of its own, since only this change needs a fresh log-in. */
export function ChangePayments({ user, store, onSaved }: ChangePaymentsProps) {
  const changePayments = useChangePayments();
  const [kept] = useState(() => loadDraft(user.id, FORM, Draft));
  const form = useForm({
    initial: kept ?? { payInstructions: store.payInstructions },
    isReusable: true,
    check: (values) => check(StorePayments, values),
    submit: async (input) => {
      const { payInstructions } = await changePayments.mutateAsync(input);
      form.setValues({ payInstructions });
      onSaved();
    },
  });
  const isUnsaved = form.values.payInstructions !== store.payInstructions;
  useKeptDraft({ userId: user.id, form: FORM, values: form.values, isUnsaved });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.title}>
      <FormSummary problem={form.problem} />
      <Section title={words.title} hint={words.hint}>
        <TextAreaField
          label={words.label}
          description={words.labelHint(PAY_INSTRUCTIONS_MAX_LENGTH.toLocaleString("en"))}
          rows={5}
          field={form.field("payInstructions")}
        />
      </Section>
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
