import { createContext, use, useCallback, useEffect, useRef } from "react";

/** The reason why a page with an unsaved form is about to be left. */
export type LeaveReason = "navigation" | "log-out" | "logged-out-elsewhere";
export type LeaveAnswer = "leave" | "stay" | "log-in";

export interface LeaveQuestion {
  reason: LeaveReason;
  /** The loss in the form's own words, or null. */
  text: string | null;
  answer(answer: LeaveAnswer): void;
}

/** A form with unsaved input: it can store the input for later, or forget it. Both functions must be stable. */
export interface UnsavedForm {
  keep(): void;
  discard(): void;
  /** The loss in words, if it is not input. */
  text?: string;
}

/** For a short form that is quickly filled in again. */
export const NOTHING_KEPT: UnsavedForm = { keep() {}, discard() {} };

/** Tracks the forms with unsaved input, and asks before they are left. */
export interface Unsaved {
  isAny(): boolean;
  /** Registers a form; the returned function removes it. */
  add(form: UnsavedForm): () => void;
  /**
   * Asks the user; "leave" at once if nothing is unsaved. On "leave" the forms discard their input, except at a logout,
   * because that may still fail.
   */
  ask(reason: LeaveReason): Promise<LeaveAnswer>;
  /** Stores the input of all forms, to leave without a question. */
  keep(): void;
  /** Discards the input of all forms without a question. */
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
      // A user who is logged out can't stay, so no other question replaces that one.
      if (question?.reason === "logged-out-elsewhere") return Promise.resolve("stay");
      // A newer question replaces an open one, which is outdated.
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
 * Warns before this form is left: by a link, by Back, by closing the tab. Returns a function that ends the warning at
 * once, for leaving right after saving.
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
