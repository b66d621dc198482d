/**
 * A notice of the app: a success passes, a problem stays until it is dismissed or the page is left. So does a success
 * that the user must read.
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
