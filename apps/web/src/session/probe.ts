import type { QueryClient } from "@tanstack/react-query";
import { endpoints, type SessionState } from "@yumroad/contract";
import { call } from "../platform/lib/call.ts";
import type { ServerClock } from "../platform/lib/server-clock.ts";
import type { Unsaved } from "../platform/lib/unsaved.ts";
import type { Departures } from "./departures.ts";
import type { Rotations } from "./rotations.ts";
import { userOf } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

/** Asks the server who is logged in, and applies the answer. */
export interface Probe {
  /** The answer alone. Throws when the server can't be reached. */
  ask(query: { passive?: "1" }): Promise<SessionState>;
  /** Applies an answer. Resolves once the page is left, if that must not wait for the user. */
  follow(found: SessionState, options?: { mayAsk?: boolean }): Promise<void>;
  /** Asks without renewing the session, and applies the answer. Returns false without an answer. */
  recheck(): Promise<boolean>;
  /**
   * A request was refused as anonymous. The refusal does not give the reason: the session may have expired, may have
   * been ended by another tab whose message is still on its way, or may continue there under another id. Asks the
   * server, applies the answer, and returns whether the same user is still logged in.
   */
  revalidate(): Promise<boolean>;
}

interface Dependencies {
  queryClient: QueryClient;
  rotations: Rotations;
  clock: ServerClock;
  unsaved: Unsaved;
  store: SessionStore;
  departures: Departures;
}

/** Maximum delay between the end of a session and the answer to the logout that ended it. */
const LOG_OUT_ANSWER_MS = 300;

export function createProbe({ queryClient, rotations, clock, unsaved, store, departures }: Dependencies): Probe {
  let checking: Promise<boolean> | null = null;
  const user = () => userOf(store.state());
  const isLeaving = () => store.state().status === "leaving";

  /** Repeats the request if the session got another id while the server looked for the former one. */
  async function ask(query: { passive?: "1" }): Promise<SessionState> {
    const wasOvertaken = rotations.watch();
    const found = await call(queryClient, endpoints.sessions.current, { query });
    return found.user === null && (await wasOvertaken())
      ? call(queryClient, endpoints.sessions.current, { query })
      : found;
  }

  async function follow(session: SessionState, { mayAsk = true } = {}) {
    store.dispatch({ type: "found", session, nowMs: clock.now(), mayAsk });
    // A question may stay open for hours and must not block later checks.
    if (!mayAsk && user() !== (session.user?.id ?? null)) await departures.running();
  }

  async function check(isAfterRefusal: boolean): Promise<boolean> {
    // The first probe is still running, or has failed and is retried by the user.
    if (store.state().status === "unknown") return false;
    const during = departures.running();
    let found: SessionState;
    try {
      found = await ask({ passive: "1" });
      // A logout in another tab may be about to remove the cookie.
      if (isAfterRefusal && found.user === null && found.ended) {
        await new Promise((resolve) => setTimeout(resolve, LOG_OUT_ANSWER_MS));
        found = await ask({ passive: "1" });
      }
    } catch {
      // Offline, or overtaken by a login or logout here: the known session stays.
      return false;
    }
    await follow(found);
    // The same user is logged in again, and this answer is not a stale one.
    if (during !== null && during === departures.running() && found.user?.id === user()) departures.answer("stay");
    return true;
  }

  function checkOnce(isAfterRefusal: boolean): Promise<boolean> {
    checking ??= check(isAfterRefusal).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function revalidate(): Promise<boolean> {
    const before = user();
    // A check from before the refusal may have been answered before the session ended.
    await checking;
    if (before === null || user() !== before || isLeaving()) return false;
    const isAnswered = await checkOnce(true);
    // Failures are not shown on the way home. A question, though, may stay open for hours.
    if (unsaved.question() === null) await departures.running();
    return isAnswered && user() === before && !isLeaving();
  }

  return { ask, follow, recheck: () => checkOnce(false), revalidate };
}
