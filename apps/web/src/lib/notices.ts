/**
 * A word from the app itself: a success passes by, a problem stays until it is dismissed or the page is left. So does a
 * success that somebody has to have read.
 */
export interface Notice {
  kind: "success" | "problem";
  text: string;
  stays?: boolean;
}

export interface Notices {
  show(notice: Notice): void;
  dismiss(): void;
  current(): Notice | null;
  subscribe(listener: () => void): () => void;
}

export function createNotices(): Notices {
  const listeners = new Set<() => void>();
  let notice: Notice | null = null;
  function set(next: Notice | null) {
    notice = next;
    for (const listener of listeners) listener();
  }
  return {
    show: set,
    dismiss: () => set(null),
    current: () => notice,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
