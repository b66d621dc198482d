import type { QueryClient } from "@tanstack/react-query";
import { reduceSession, type Session, type SessionEffect, type SessionEvent, shownSession } from "./session.ts";
import { sessionQuery } from "./session-query.ts";

/** Holds the state of the session. Components read it through the session query. */
export interface SessionStore {
  state(): Session;
  /** Changes the state, and then runs the effects of the change. */
  dispatch(event: SessionEvent): void;
}

export function createSessionStore(queryClient: QueryClient, run: (effect: SessionEffect) => void): SessionStore {
  let state: Session = { status: "unknown", session: undefined };

  // The query sends the first request itself, and again after a failure. Its answer is taken in before it is needed.
  function takeIn() {
    const cached = queryClient.getQueryData(sessionQuery.queryKey);
    if (cached !== shownSession(state)) [state] = reduceSession(state, { type: "cached", session: cached });
  }

  return {
    state() {
      takeIn();
      return state;
    },
    dispatch(event) {
      takeIn();
      const [next, effects] = reduceSession(state, event);
      state = next;
      for (const effect of effects) run(effect);
    },
  };
}
