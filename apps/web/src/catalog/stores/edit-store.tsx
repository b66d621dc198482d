import { BIO_MAX_LENGTH, type OwnStore, type User } from "@yumroad/contract";
import { useState } from "react";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { Button } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { type FieldState, useForm } from "../../platform/ui/use-form.ts";
import { storeSettingsWords as words } from "../../words/store-settings.ts";
import { linkFaults } from "../../words/validation-of-links.ts";
import { useChangeStore } from "./api.ts";
import classes from "./edit-store.module.css";
import { changesOf, checkChanges, StoreDraft, type StoreValues, valuesOf } from "./store-draft.ts";

const FORM = "store";

interface EditStoreProps {
  user: User;
  store: OwnStore;
  onSaved: (store: OwnStore) => void;
}

/** The form of one's own store. Input survives a reload and the end of the session. */
export function EditStore({ user, store, onSaved }: EditStoreProps) {
  const changeStore = useChangeStore();
  const [kept] = useState(() => loadDraft(user.id, FORM, StoreDraft));
  const form = useForm({
    faultTexts: linkFaults,
    initial: Object.assign(valuesOf(store), kept),
    isReusable: true,
    check: (values: StoreValues) => checkChanges(values, store),
    submit: async (change) => {
      const saved = Object.keys(change).length === 0 ? store : await changeStore.mutateAsync(change);
      form.setValues(valuesOf(saved));
      onSaved(saved);
    },
    fieldOfProblem: { handle_taken: "handle" },
    textOfProblem: { handle_taken: words.form.handleTaken },
  });
  const changes = changesOf(form.values, store);
  useKeptDraft({ userId: user.id, form: FORM, values: changes, isUnsaved: Object.keys(changes).length > 0 });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.form.label}>
      {store.takenDownReason !== null && (
        <Message>
          <Rich
            text={words.form.takenDown}
            parts={{ b: (text) => <strong>{text}</strong>, reason: store.takenDownReason }}
          />
        </Message>
      )}
      <FormSummary problem={form.problem} />
      <Section title={words.store.title} hint={words.store.hint}>
        <TextField label={words.store.name} autoComplete="organization" field={form.field("name")} />
        <HandleField store={store} field={form.field("handle")} />
        <TextAreaField
          label={words.store.bio}
          description={words.store.bioHint(BIO_MAX_LENGTH.toLocaleString("en"))}
          rows={6}
          field={form.field("bio")}
        />
      </Section>
      <Section title={words.legal.title} hint={words.legal.hint}>
        <TextField label={words.legal.name} isOptional autoComplete="organization" field={form.field("legalName")} />
        <TextAreaField label={words.legal.address} rows={4} field={form.field("legalAddress")} />
        <TextField
          label={words.legal.contactEmail}
          isOptional
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          field={form.field("contactEmail")}
        />
      </Section>
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.form.save}
        </Button>
      </div>
    </form>
  );
}

function HandleField({ store, field }: { store: OwnStore; field: FieldState<string> }) {
  return (
    <div className={classes.field}>
      <TextField
        label={words.store.handle}
        description={words.store.handleHint(`${window.location.host}/@${store.handle}`)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        field={field}
      />
      {store.formerHandles.length > 0 && (
        <p className={classes.former}>
          {words.store.formerHandles(store.formerHandles.map((handle) => `@${handle}`).join(", "))}
        </p>
      )}
    </div>
  );
}
