import { type OwnStore, type Store, StoreChange } from "@yumroad/contract";
import * as z from "zod/mini";
import { check } from "../../platform/ui/check.ts";
import type { Checked } from "../../platform/ui/use-form.ts";

const text = z.string();

/** The fields of a store that were changed and not saved yet. */
export const StoreDraft = z.partial(
  z.strictObject({ name: text, handle: text, bio: text, legalName: text, legalAddress: text, contactEmail: text }),
);
export type StoreDraft = z.infer<typeof StoreDraft>;

export type StoreValues = { [Field in Exclude<keyof Store, "bioHtml">]: string };

export function valuesOf({ name, handle, bio, legalName, legalAddress, contactEmail }: OwnStore): StoreValues {
  return { name, handle, bio, legalName, legalAddress, contactEmail };
}

/** The fields whose input differs from the saved store. */
export function changesOf(values: StoreValues, store: OwnStore): StoreDraft {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== store[name as keyof Store]));
}

/** Validates the changed fields: a handle from before the rules stays valid until it is changed. */
export function checkChanges(values: StoreValues, store: OwnStore): Checked<StoreChange> {
  const changes = changesOf(values, store);
  return Object.keys(changes).length === 0 ? { ok: true, input: {} } : check(StoreChange, changes);
}
