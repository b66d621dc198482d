import type * as z from "zod/mini";
import { readTab, removeFromTab, writeTab } from "./tab-storage.ts";

// Unsent input of forms. It survives a reload and the end of a session (R38), but not the tab, a logout, or another
// user's login.
const PREFIX = "yumroad:draft:";

function keyOf(userId: string, form: string): string {
  return `${PREFIX}${userId}:${form}`;
}

export function saveDraft(userId: string, form: string, values: unknown): void {
  writeTab(keyOf(userId, form), JSON.stringify(values));
}

/** The stored draft, or null. A draft that no longer fits the form is ignored. */
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

/** Removes the drafts of other users; `userId` is the current one. */
export function clearDraftsOfOthers(userId: string): void {
  removeFromTab((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${userId}:`));
}
