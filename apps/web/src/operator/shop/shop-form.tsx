import { useQueryClient } from "@tanstack/react-query";
import type { ShopChange, ShopSettings } from "@yumroad/contract";
import { useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { NOTHING_KEPT, useUnsavedWarning } from "../../platform/lib/unsaved.ts";
import { Button } from "../../platform/ui/button.tsx";
import { CheckboxField } from "../../platform/ui/checkbox-field.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { type FieldState, useForm } from "../../platform/ui/use-form.ts";
import { shopSettingsWords } from "../../words/shop-settings.ts";
import { linkFaults } from "../../words/validation-of-links.ts";
import { shopSettingsQuery, useChangeShop, type VersionedSettings } from "./api.ts";
import { FooterLinkFields } from "./footer-link-fields.tsx";
import classes from "./shop-form.module.css";
import { changeOf, checkShop, type ShopValues, valuesOf } from "./shop-values.ts";

const { form: formWords, name: nameWords, footer: footerWords } = shopSettingsWords;

interface ShopFormProps {
  loaded: VersionedSettings;
  onSaved: (settings: ShopSettings) => void;
}

/** The settings of the shop. Saving sends only what was changed here, so that another operator's changes stay. */
export function ShopForm({ loaded, onSaved }: ShopFormProps) {
  const form = useShopForm({ loaded, onSaved });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={formWords.label}>
      <FormSummary problem={form.problem} />
      <Section title={nameWords.title}>
        <NameFields field={form.field} />
      </Section>
      <Section title={footerWords.title} hint={footerWords.hint}>
        <FooterFields field={form.field} />
        <FooterLinkFields form={form} />
        <CheckboxField label={footerWords.showPoweredBy} field={form.field("showsPoweredBy")} />
      </Section>
      <div>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {formWords.save}
        </Button>
      </div>
    </form>
  );
}

export type ShopFormState = ReturnType<typeof useShopForm>;

function useShopForm({ loaded, onSaved }: ShopFormProps) {
  const queryClient = useQueryClient();
  const changeShop = useChangeShop();
  /** The settings that the input is over, and the newest version that is known. */
  const [base, setBase] = useState(loaded);
  const form = useForm({
    faultTexts: linkFaults,
    initial: valuesOf(loaded.settings),
    isReusable: true,
    textOfProblem: { version_conflict: formWords.versionConflict },
    check: checkShop,
    submit: async (settings) => {
      const saved = await save(changeOf(base.settings, settings));
      setBase(saved);
      form.setValues(valuesOf(saved.settings));
      onSaved(saved.settings);
    },
  });
  async function save(change: ShopChange): Promise<VersionedSettings> {
    // The server refuses an empty change, so nothing is sent.
    if (Object.keys(change).length === 0) return base;
    try {
      return await changeShop.mutateAsync({ change, version: base.version });
    } catch (error) {
      if (error instanceof ApiError && error.code === "version_conflict") {
        const { version } = await queryClient.fetchQuery({ ...shopSettingsQuery, staleTime: 0 });
        setBase({ ...base, version });
      }
      throw error;
    }
  }
  useUnsavedWarning(JSON.stringify(form.values) !== JSON.stringify(valuesOf(base.settings)), NOTHING_KEPT);
  return form;
}

interface FieldsProps {
  field: <Name extends keyof ShopValues & string>(name: Name) => FieldState<ShopValues[Name]>;
}

function NameFields({ field }: FieldsProps) {
  return (
    <>
      <TextField label={nameWords.name} description={nameWords.nameHint} field={field("name")} />
      <TextField label={nameWords.sender} description={nameWords.senderHint} field={field("senderName")} isOptional />
    </>
  );
}

function FooterFields({ field }: FieldsProps) {
  return (
    <>
      <TextField
        label={footerWords.tagline}
        description={footerWords.taglineHint}
        field={field("tagline")}
        isOptional
      />
      <TextField label={footerWords.legalName} autoComplete="organization" field={field("legalName")} isOptional />
      <TextAreaField label={footerWords.legalAddress} rows={3} field={field("legalAddress")} />
      <TextField
        label={footerWords.contactEmail}
        type="email"
        autoCapitalize="none"
        spellCheck={false}
        field={field("contactEmail")}
        isOptional
      />
    </>
  );
}
