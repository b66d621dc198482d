import type * as z from "zod/mini";
import { readTab, removeFromTab, writeTab } from "./tab-storage.ts";

// What somebody typed into a form and has not sent yet. It outlives a reload and the end of a session (R38), but
// neither the tab, nor a log-out, nor the log-in of somebody else.
const PREFIX = "yumroad:draft:";

function keyOf(userId: string, form: string): string {
  return `${PREFIX}${userId}:${form}`;
}

export function saveDraft(userId: string, form: string, values: unknown): void {
  writeTab(keyOf(userId, form), JSON.stringify(values));
}

/** The draft as the form left it, or null; one that does not fit the form any more counts as none. */
export function loadDraft<S extends z.ZodMiniType>(userId: string, form: string, schema: S): z.output<S> | null {
  const text = readTab(keyOf(userId, form));
  if (text === null) return null;
  try {
    const draft = schema.safeParse(JSON.parse(text));
    return draft.success ? draft.data : null;
  } catch {
    return null;
  }
}

export function clearDraft(userId: string, form: string): void {
  removeFromTab((key) => key === keyOf(userId, form));
}

export function clearAllDrafts(): void {
  removeFromTab((key) => key.startsWith(PREFIX));
}

/** Removes what others left: `userId` is the one who is here now. */
export function clearDraftsOfOthers(userId: string): void {
  removeFromTab((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${userId}:`));
}
