import { catalogue } from "./catalogue.ts";

/** The notes, links and files that buyers of a product get. */
export const contentWords = catalogue({
  section: {
    title: "What buyers get",
    hint: "The titles are on the product page. The rest is for buyers who’ve paid. Changes reach earlier buyers, too.",
    empty: "Nothing yet. Buyers get what you add here.",
    added: (title: string) => `“${title}” is added`,
    saved: (title: string) => `“${title}” is saved`,
    removed: (title: string) => `“${title}” is removed`,
    removeFailed: (title: string) => `Couldn’t remove “${title}”`,
  },
  kinds: {
    note: { name: "Note", add: "Add a note", save: "Save note" },
    link: { name: "Link", add: "Add a link", save: "Save link" },
    file: { name: "File", save: "Save title" },
  },
  form: {
    edit: (title: string) => `Edit ${title}`,
    discard: "Discard it",
    title: "Title",
    note: "Note",
    noteHint: "Markdown works: # heading, **bold**, - list, [link](https://…)",
    link: "Link",
    save: "Save",
    cancel: "Cancel",
    wasRemoved: "Someone removed this. Copy what you typed, then add it again",
    tooMany: "A product can have at most 50 files, notes and links. Remove one to add another",
  },
  file: {
    versionOf: (version: number) => `Version ${version}`,
    states: {
      checking: "Checking. Buyers can download it in a moment.",
      refused: "Buyers can’t download this: its content doesn’t match its name. Replace it.",
      damaged: "Buyers can’t download this: the file is damaged on the server. Replace it.",
    },
    replace: "Replace",
    replaceOne: (title: string) => `Replace ${title}`,
  },
  item: {
    edit: "Edit",
    editOne: (title: string) => `Edit ${title}`,
  },
  move: {
    moved: (title: string, place: number, count: number) => `“${title}” is number ${place} of ${count}`,
    failed: "Couldn’t change the order",
  },
  remove: {
    ask: "Remove…",
    askOne: (title: string) => `Remove… ${title}`,
    title: (title: string) => `Remove “${title}”?`,
    text: "Buyers can no longer see it, even those who already paid. This can’t be undone.",
    confirm: "Remove",
    cancel: "Cancel",
  },
  hint: "Buyers get nothing yet. <a>Add what buyers get</a>",
});
