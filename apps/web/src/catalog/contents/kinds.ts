import type { Content } from "@yumroad/contract";

export type Kind = Content["kind"];

export const KIND_WORDS: Record<Kind, { name: string; add: string; save: string }> = {
  note: { name: "Note", add: "Add a note", save: "Save note" },
  link: { name: "Link", add: "Add a link", save: "Save link" },
};
