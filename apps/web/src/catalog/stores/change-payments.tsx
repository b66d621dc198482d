import { type OwnStore, PAY_INSTRUCTIONS_MAX_LENGTH, StorePayments, type User } from "@yumroad/contract";
import { useState } from "react";
import * as z from "zod/mini";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { storeSettingsWords } from "../../words/store-settings.ts";
import { useChangePayments } from "./api.ts";
import classes from "./edit-store.module.css";

const words = storeSettingsWords.payments;

const FORM = "store-payments";
const Draft = z.strictObject({ payInstructions: z.string(), endsAccessOnDispute: z.boolean() });

interface ChangePaymentsProps {
  user: User;
  store: OwnStore;
  onSaved: () => void;
}

/**
 * The form in which a seller says how buyers pay. It is one of its own, since only this change needs a fresh log-in. Only
 * operators are paid through a provider, and so know disputes.
 */
export function ChangePayments({ user, store, onSaved }: ChangePaymentsProps) {
  const changePayments = useChangePayments();
  const [kept] = useState(() => loadDraft(user.id, FORM, Draft));
  const form = useForm({
    initial: kept ?? savedOf(store),
    isReusable: true,
    check: (values) => check(StorePayments, values),
    submit: async (input) => {
      form.setValues(savedOf(await changePayments.mutateAsync(input)));
      onSaved();
    },
  });
  const { payInstructions, endsAccessOnDispute } = form.values;
  const isUnsaved = payInstructions !== store.payInstructions || endsAccessOnDispute !== store.endsAccessOnDispute;
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
        {user.isOperator && (
          <CheckboxField
            label={words.endsAccessOnDispute}
            description={words.endsAccessOnDisputeHint}
            field={form.field("endsAccessOnDispute")}
          />
        )}
      </Section>
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function savedOf({ payInstructions, endsAccessOnDispute }: OwnStore) {
  return { payInstructions, endsAccessOnDispute };
}
