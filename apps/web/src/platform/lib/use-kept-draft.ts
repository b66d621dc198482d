import { useCallback, useEffect, useRef } from "react";
import { clearDraft, saveDraft } from "./drafts.ts";
import { useUnsavedWarning } from "./unsaved.ts";

interface KeptDraft<Values> {
  userId: string;
  form: string;
  values: Values;
  isUnsaved: boolean;
}

/**
 * Stores the input at every change, so that it survives a reload and the end of the session (R38), and warns before it
 * is left. Returns functions that forget it and that end the warning at once.
 */
export function useKeptDraft<Values>({ userId, form, values, isUnsaved }: KeptDraft<Values>) {
  // Serialised, because the values are new objects at every render.
  const text = JSON.stringify(values);
  const latest = useRef(text);
  // Called again when storage has been wiped meanwhile.
  const keep = useCallback(() => saveDraft(userId, form, JSON.parse(latest.current)), [userId, form]);
  const discard = useCallback(() => clearDraft(userId, form), [userId, form]);
  useEffect(() => {
    latest.current = text;
    if (isUnsaved) keep();
    else discard();
  }, [text, isUnsaved, keep, discard]);
  const release = useUnsavedWarning(isUnsaved, { keep, discard });
  return { discard, release };
}
