import type { Content } from "@yumroad/contract";
import * as z from "zod/mini";
import { loadDraft } from "../../platform/lib/drafts.ts";
import type { WrittenKind } from "./kinds.ts";

/** The form of a note or a link: every value is text, valid or not. */
export const ContentDraft = z.strictObject({ title: z.string(), body: z.string() });
export type ContentDraft = z.infer<typeof ContentDraft>;

/** A form, and whose it is: of a content, or of a new one of this kind. */
export interface FormPlace {
  userId: string;
  slug: string;
  content: Content | { id: null; kind: WrittenKind };
}

export function nameOfForm({ slug, content }: FormPlace): string {
  return `content:${slug}:${content.id ?? content.kind}`;
}

/** What this form was left with, or null. */
export function keptDraft(place: FormPlace): ContentDraft | null {
  return loadDraft(place.userId, nameOfForm(place), ContentDraft);
}
