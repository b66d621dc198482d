import { createContext, use, useCallback, useEffect, useRef } from "react";

/** Why a page with an unsaved form is about to be left. */
export type LeaveReason = "navigation" | "log-out" | "logged-out-elsewhere";
export type LeaveAnswer = "leave" | "stay" | "log-in";

export interface LeaveQuestion {
  reason: LeaveReason;
  /** What would be lost, where a form has words of its own for it. */
  text: string | null;
  answer(answer: LeaveAnswer): void;
}

/** A form that holds something unsaved: it can keep that for later, or forget what it has kept. Both have to be stable. */
export interface UnsavedForm {
  keep(): void;
  discard(): void;
  /** What would be lost, if it is not something that was typed. */
  text?: string;
}

/** For a form of a line or two, which is soon typed again. */
export const NOTHING_KEPT: UnsavedForm = { keep() {}, discard() {} };

/** Knows which forms hold something unsaved, and asks before they are left. */
export interface Unsaved {
  isAny(): boolean;
  /** Registers a form; the function given back takes it off again. */
  add(form: UnsavedForm): () => void;
  /**
   * Asks the person; at once "leave" if nothing is unsaved. On "leave" the forms discard what they hold, except at a
   * log-out: that may still fail.
   */
  ask(reason: LeaveReason): Promise<LeaveAnswer>;
  /** Lets all forms keep what they hold, to be left without a question. */
  keep(): void;
  /** Forgets what all forms hold, unasked. */
  discard(): void;
  question(): LeaveQuestion | null;
  subscribe(listener: () => void): () => void;
}

export function createUnsaved(): Unsaved {
  const forms = new Set<UnsavedForm>();
  const listeners = new Set<() => void>();
  let question: LeaveQuestion | null = null;
  function set(next: LeaveQuestion | null) {
    question = next;
    for (const listener of listeners) listener();
  }
  function discard() {
    for (const form of forms) form.discard();
    forms.clear();
  }
  function keep() {
    for (const form of forms) form.keep();
    forms.clear();
  }
  return {
    isAny: () => forms.size > 0,
    keep,
    discard,
    add(form) {
      forms.add(form);
      for (const listener of listeners) listener();
      return () => forms.delete(form);
    },
    ask(reason) {
      // Whoever is logged out can't stay: no other question takes the place of that one.
      if (question?.reason === "logged-out-elsewhere") return Promise.resolve("stay");
      // A newer question takes the place of an open one: what that was about is overtaken.
      question?.answer("stay");
      if (forms.size === 0) return Promise.resolve("leave");
      return new Promise((resolve) => {
        set({
          reason,
          text: [...forms].find(({ text }) => text !== undefined)?.text ?? null,
          answer(answer) {
            set(null);
            if (answer === "leave" && reason !== "log-out") discard();
            if (answer === "log-in") keep();
            resolve(answer);
          },
        });
      });
    },
    question: () => question,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const UnsavedContext = createContext<Unsaved | null>(null);

/**
 * Warns before this form is left: by a link, by Back, by closing the tab. Gives back a function that ends the warning
 * at once, for when it has been saved and the page is left in the same breath.
 */
export function useUnsavedWarning(isUnsaved: boolean, { keep, discard, text }: UnsavedForm): () => void {
  const unsaved = use(UnsavedContext);
  const release = useRef(() => {});
  useEffect(() => {
    if (!isUnsaved || unsaved === null) return;
    const remove = unsaved.add({ keep, discard, ...(text === undefined ? {} : { text }) });
    function warn(event: BeforeUnloadEvent) {
      if (unsaved?.isAny()) event.preventDefault();
    }
    window.addEventListener("beforeunload", warn);
    release.current = () => {
      remove();
      window.removeEventListener("beforeunload", warn);
    };
    return () => release.current();
  }, [isUnsaved, keep, discard, text, unsaved]);
  return useCallback(() => release.current(), []);
}
