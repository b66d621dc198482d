import type { LeaveAnswer, Unsaved } from "../platform/lib/unsaved.ts";
import type { SessionStore } from "./session-store.ts";

/** The open page: its access, and functions to leave it. */
export interface Page {
  isProtected(): boolean;
  goHome(): Promise<void>;
  goToLogIn(stashedFor: string): Promise<void>;
}

/** Leaves the page before its user is gone. Only one departure runs at a time. */
export interface Departures {
  /** Departs at the user's request, unless a departure runs already. `work` decides by "left". */
  depart(work: () => Promise<void>): Promise<void>;
  /** Leaves the page on behalf of a user who left without expiry: by a logout in another tab, or another user's login. */
  leaveElsewhere(options: { mayAsk: boolean }): void;
  /** Answers the question to a user who is gone, if it is open. */
  answer(answer: LeaveAnswer): void;
  /** Resolves at the end of the running departure; null if none runs. */
  running(): Promise<void> | null;
}

interface Dependencies {
  store: SessionStore;
  unsaved: Unsaved;
  page: Page;
}

export function createDepartures({ store, unsaved, page }: Dependencies): Departures {
  let running: Promise<void> | null = null;

  function once(work: () => Promise<void>): Promise<void> {
    running ??= work().finally(() => {
      running = null;
      // Changes nothing if the page was left.
      store.dispatch({ type: "stayed" });
    });
    return running;
  }

  async function leave() {
    if (page.isProtected()) {
      const answer = await unsaved.ask("logged-out-elsewhere");
      // The same user is logged in again.
      if (answer === "stay") return;
      if (answer === "log-in") return store.dispatch({ type: "replacing" });
      await page.goHome();
    }
    store.dispatch({ type: "left" });
  }

  function answer(given: LeaveAnswer) {
    const question = unsaved.question();
    if (question?.reason === "logged-out-elsewhere") question.answer(given);
  }

  return {
    depart(work) {
      store.dispatch({ type: "departing" });
      return once(work);
    },
    leaveElsewhere({ mayAsk }) {
      if (!mayAsk) {
        unsaved.discard();
        answer("leave");
      }
      void once(leave);
    },
    answer,
    running: () => running,
  };
}
