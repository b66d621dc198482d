import { type Content, ContentChange } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { KeptMessage } from "../../platform/ui/kept-message.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { type FieldState, useForm } from "../../platform/ui/use-form.ts";
import { contentWords } from "../../words/contents.ts";
import { linkFaults } from "../../words/validation-of-links.ts";
import { useSaveContent } from "./api.ts";
import { type FormPlace, keptDraft, nameOfForm } from "./content-draft.ts";

const words = contentWords.form;

interface ContentFormProps {
  place: FormPlace;
  onSaved: (title: string) => void;
  onClose: () => void;
}

/** The form of a note or a link, new or existing, or of the title of a file. Input survives a reload and the end of the session. */
export function ContentForm(props: ContentFormProps) {
  const { content } = props.place;
  const { form, isRestored, cancel, startOver } = useContentForm(props);
  const { save } = contentWords.kinds[content.kind];
  const titleId = form.field("title").id;
  // The form opens in place of the pressed button. A restored one opens by itself, and takes no focus.
  useEffect(() => {
    if (!isRestored) document.getElementById(titleId)?.focus();
  }, [isRestored, titleId]);
  return (
    <form
      className={classes.form}
      onSubmit={form.onSubmit}
      noValidate
      aria-label={content.id === null ? contentWords.kinds[content.kind].add : words.edit(content.title)}
    >
      {isRestored && <KeptMessage text={words.discard} onStartOver={startOver} />}
      <FormSummary problem={form.problem} />
      <TextField label={words.title} autoComplete="off" field={form.field("title")} />
      {content.kind === "note" && <NoteField field={form.field("body")} />}
      {content.kind === "link" && <LinkField field={form.field("body")} />}
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={form.isBusy} label={save}>
          {words.save}
        </Button>
        <Button onClick={cancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function useContentForm({ place, onSaved, onClose }: ContentFormProps) {
  const { userId, slug, content } = place;
  const [kept] = useState(() => keptDraft(place));
  const [isRestored, setRestored] = useState(kept !== null);
  const saveContent = useSaveContent(slug, content.id);
  const saved = content.id === null ? { title: "", body: "" } : draftOf(content);
  const form = useForm({
    faultTexts: linkFaults,
    initial: kept ?? saved,
    check: ({ title, body }) =>
      check(ContentChange, { kind: content.kind, title, ...(content.kind !== "file" && { body }) }),
    submit: async (input) => {
      await saveContent.mutateAsync(input);
      forget();
      onSaved(input.title);
      onClose();
    },
    textOfProblem: {
      not_found: words.wasRemoved,
      too_many_contents: words.tooMany,
    },
  });
  const { discard, release } = useKeptDraft({
    userId,
    form: nameOfForm(place),
    values: form.values,
    isUnsaved: form.values.title !== saved.title || form.values.body !== saved.body,
  });
  function forget() {
    discard();
    release();
  }
  return {
    form,
    isRestored,
    cancel() {
      forget();
      onClose();
    },
    startOver() {
      form.setValues(saved);
      setRestored(false);
    },
  };
}

function draftOf({ title, body }: Content) {
  return { title, body };
}

function NoteField({ field }: { field: FieldState<string> }) {
  return <TextAreaField label={words.note} description={words.noteHint} rows={7} field={field} />;
}

function LinkField({ field }: { field: FieldState<string> }) {
  return (
    <TextField
      label={words.link}
      placeholder="https://"
      inputMode="url"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      field={field}
    />
  );
}
