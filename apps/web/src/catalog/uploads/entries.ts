import type { Upload as TusUpload } from "tus-js-client";
import type { QueuedUpload } from "./upload-queue.ts";

export interface Entry extends QueuedUpload {
  file: File;
  contentId?: string;
  begunAs?: string;
  tus: TusUpload | null;
}

/** The uploads of a queue, and who is told when they change. Every change makes a new list, which React compares. */
export function createEntries() {
  const listeners = new Set<() => void>();
  let entries: readonly Entry[] = [];
  function set(next: readonly Entry[]) {
    entries = next;
    for (const listener of listeners) listener();
  }
  return {
    all: () => entries,
    find: (key: string) => entries.find((entry) => entry.key === key),
    add: (entry: Entry) => set([...entries, entry]),
    change: (key: string, to: Partial<Entry>) =>
      set(entries.map((entry) => (entry.key === key ? { ...entry, ...to } : entry))),
    remove: (key: string) => set(entries.filter((entry) => entry.key !== key)),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
