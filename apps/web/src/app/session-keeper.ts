import type { QueryClient } from "@tanstack/react-query";
import { endpoints, type LiveSession, type LoginAnswer, type SessionState } from "@yumroad/contract";
import { ApiError, call } from "../platform/lib/call.ts";
import { clearAllDrafts, clearDraftsOfOthers } from "../platform/lib/drafts.ts";
import { explain } from "../platform/lib/explain.ts";
import { keepingChoices } from "../platform/lib/keep-choices.ts";
import type { KeptKey } from "../platform/lib/kept-key.ts";
import { forgetUser, rememberUser } from "../platform/lib/last-user.ts";
import type { Notices } from "../platform/lib/notices.ts";
import { serverNow } from "../platform/lib/server-clock.ts";
import { beginEpoch } from "../platform/lib/session-epoch.ts";
import { watchTurns } from "../platform/lib/session-turns.ts";
import { joinTabs, type TabMessage } from "../platform/lib/tab-sync.ts";
import type { LeaveAnswer, Unsaved } from "../platform/lib/unsaved.ts";
import { whenRefusedAsNobody } from "../platform/lib/who-is-here.ts";
import { pendingSessionOf, sessionQuery } from "../session/session-query.ts";
import { appWords } from "../words/app.ts";

const words = appWords.session;

interface Dependencies {
  queryClient: QueryClient;
  notices: Notices;
  unsaved: Unsaved;
  /** Belong to no user, so they outlive a logout. */
  keys: readonly KeptKey[];
  /** The open page: its access, and functions to leave it. */
  page: { isProtected(): boolean; goHome(): Promise<void>; goToLogIn(stashedFor: string): Promise<void> };
}

/** Handles every change of the logged-in user: here, in another tab, or on the server. */
export interface SessionKeeper {
  /** A user has logged in or signed up in this tab, or has a second factor pending. */
  enter(session: LoginAnswer): void;
  /** The same user continues with a changed session: renewed, under a new id, or with another name. */
  goOn(session: LiveSession): Promise<void>;
  /** Logs out at the user's request. */
  logOut(): Promise<void>;
  /** Cancels a pending second factor to log in as another user. Throws when the server can't be reached. */
  startOver(): Promise<void>;
  /** The user has ended all sessions on purpose, by an action that does so. */
  leave(): Promise<void>;
  /** The server says that nobody is logged in, while the app assumed a user. */
  expire(): void;
  /** Asks the server for the logged-in user, without renewing the session, and applies the answer. */
  recheck(): Promise<void>;
  /** Renews the session. Returns false if its end can't be extended. Throws when the server can't be reached. */
  renew(): Promise<boolean>;
  /** Replaces a session that is about to end: leads to the login page and back. */
  logInAgain(): Promise<void>;
  /** Listens to other tabs and to this tab's focus. Returns a function that stops it. */
  start(): () => void;
}

const NOBODY: SessionState = { user: null, expiresAt: null, ended: false };
const ENDED: SessionState = { user: null, expiresAt: null, ended: true };
const SLOW_MS = 300;
/** Maximum delay between the end of a session and the answer to the logout that ended it. */
const LOG_OUT_ANSWER_MS = 300;
/** A cookie's expiry and the server's clock have a resolution of one second. */
const CLOCK_MS = 2000;

export function createSessionKeeper({ queryClient, notices, unsaved, keys, page }: Dependencies): SessionKeeper {
  const sessionKey = sessionQuery.queryKey;
  let tellTabs: (type: TabMessage["type"]) => void = () => {};

  // The end of the session that is being replaced. That session is still alive, but must not be resumed.
  let replacedEnd: string | null = null;

  function userId(): string | null {
    return queryClient.getQueryData(sessionKey)?.user?.id ?? null;
  }

  function restoreKeys() {
    for (const key of keys) key.restore();
  }

  /**
   * Switches to another user, or to none: everything that was requested or held for the previous one is discarded
   * (R35).
   */
  function change(session: SessionState) {
    void queryClient.cancelQueries({ queryKey: sessionKey });
    queryClient.setQueryData(sessionKey, session);
    beginEpoch();
    // Public queries are refetched, because pages that show them may be open; the others must not be.
    const isSession = (key: readonly unknown[]) => key[0] === sessionKey[0];
    queryClient.removeQueries({
      predicate: ({ queryKey, meta }) => !isSession(queryKey) && meta?.isPublic !== true && meta?.isLasting !== true,
    });
    void queryClient.resetQueries({ predicate: ({ meta }) => meta?.isPublic === true });
    // Data about the shop alone stays on the screen meanwhile: the frame of every page shows it.
    void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.isLasting === true });
    queryClient.getMutationCache().clear();
  }

  function enter(session: LiveSession) {
    replacedEnd = null;
    clearDraftsOfOthers(session.user.id);
    rememberUser(session.user.id);
    change(session);
  }

  function expire() {
    // A user who is leaving is not sent to the login page: the open question decides.
    if (departure !== null) return;
    const known = queryClient.getQueryData(sessionKey);
    // The first of several refusals handles it; for the others the user is gone already (R34).
    if (!known?.user && pendingSessionOf(known) === null) return;
    // A tab that was opened during the session has not seen a login, so the owner of its page is recorded here.
    if (known?.user) rememberUser(known.user.id);
    change(ENDED);
  }

  function depart(session: SessionState) {
    clearAllDrafts();
    forgetUser();
    change(session);
    if (session.user !== null) rememberUser(session.user.id);
  }

  // Only one departure runs at a time. A session that is learnt meanwhile only changes the user after it.
  let departure: { session: SessionState; done: Promise<void> } | null = null;

  function departOnce(session: SessionState, leave: () => Promise<void>): Promise<void> {
    if (departure !== null) {
      departure.session = session;
      return departure.done;
    }
    const begun = { session, done: Promise.resolve() };
    departure = begun;
    begun.done = leave().finally(() => {
      departure = null;
    });
    return begun.done;
  }

  async function logOut() {
    if ((await unsaved.ask("log-out")) !== "leave") return;
    notices.dismiss();
    await departOnce(NOBODY, async () => {
      const end = await endSession();
      if (end === "failed") return;
      unsaved.discard();
      // The page is left before the user is removed: otherwise a guard would write a way back to it (R32).
      await page.goHome();
      depart(NOBODY);
      tellTabs("logged-out");
      if (end === "here-only") {
        notices.show({ kind: "problem", text: words.hereOnly });
      }
    });
  }

  /** Asks the server to end the session. Until that has succeeded, nothing is left or discarded. */
  async function endSession(): Promise<"ended" | "here-only" | "failed"> {
    const slow = setTimeout(() => notices.show({ kind: "success", text: words.loggingOut }), SLOW_MS);
    try {
      await askToEnd();
      return "ended";
    } catch (error) {
      if (isCookieGone(error)) return "here-only";
      notices.show({ kind: "problem", text: words.stillLoggedIn(explain(error)) });
      return "failed";
    } finally {
      clearTimeout(slow);
      if (notices.current()?.kind === "success") notices.dismiss();
    }
  }

  /** The answer wipes the storage that all tabs share. Each tab restores the data that belongs to no user. */
  async function askToEnd() {
    try {
      await keepingChoices(() => call(endpoints.auth.logout));
    } finally {
      restoreKeys();
    }
  }

  async function startOver() {
    try {
      await askToEnd();
    } catch (error) {
      if (!isCookieGone(error)) throw error;
    }
    change(NOBODY);
    tellTabs("logged-out");
  }

  async function leave() {
    unsaved.discard();
    await departOnce(NOBODY, async () => {
      // Before a guard sees the change, as for a logout.
      await page.goHome();
      depart(NOBODY);
      tellTabs("logged-out");
    });
  }

  /** Handles a user who left without expiry: by a logout in another tab, or because another user logged in. */
  function departElsewhere(session: SessionState, { mayAsk = true } = {}): Promise<void> {
    if (!mayAsk) {
      unsaved.discard();
      answerDeparture("leave");
    }
    return departOnce(session, leaveElsewhere);
  }

  async function leaveElsewhere() {
    if (page.isProtected()) {
      const leaving = userId();
      const answer = await unsaved.ask("logged-out-elsewhere");
      // The same user is logged in again.
      if (answer === "stay") return;
      if (answer === "log-in") {
        // The logout wiped this tab's storage too, so the owner of the page is recorded again.
        if (leaving !== null) rememberUser(leaving);
        // Another user may be logged in by now. The page stays reserved for the one who left it.
        replacedEnd = departure?.session.expiresAt ?? null;
        return change(ENDED);
      }
      await page.goHome();
    }
    depart(departure?.session ?? NOBODY);
  }

  function answerDeparture(answer: LeaveAnswer) {
    const question = unsaved.question();
    if (question?.reason === "logged-out-elsewhere") question.answer(answer);
  }

  let checking: Promise<boolean> | null = null;

  /**
   * Asks the server for the logged-in user, without renewing the session, and applies the answer. Returns false without
   * an answer.
   */
  function look({ isAfterRefusal = false } = {}): Promise<boolean> {
    checking ??= doLook(isAfterRefusal).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function doLook(isAfterRefusal: boolean): Promise<boolean> {
    const known = queryClient.getQueryData(sessionKey);
    // The first probe is still running, or has failed and is retried by the user.
    if (known === undefined) return false;
    const during = departure;
    let found: SessionState;
    try {
      found = await askWhoIsHere({ passive: "1" });
      // A logout in another tab may be about to remove the cookie.
      if (isAfterRefusal && found.user === null && found.ended) {
        await new Promise((resolve) => setTimeout(resolve, LOG_OUT_ANSWER_MS));
        found = await askWhoIsHere({ passive: "1" });
      }
    } catch {
      // Offline, or overtaken by a login or logout here: the known session stays.
      return false;
    }
    await follow(found);
    // The same user is logged in again, and this answer is not a stale one.
    if (during !== null && during === departure && found.user?.id === userId()) answerDeparture("stay");
    return true;
  }

  async function recheck(): Promise<void> {
    await look();
  }

  /**
   * A request was refused as anonymous. The refusal does not give the reason: the session may have expired, may have
   * been ended by another tab whose message is still on its way, or may continue there under another id. Asks the
   * server, applies the answer, and returns whether the same user is still logged in.
   */
  async function isStillHere(): Promise<boolean> {
    const before = userId();
    // A check from before the refusal may have been answered before the session ended.
    await checking;
    if (before === null || userId() !== before || departure !== null) return false;
    const isAnswered = await look({ isAfterRefusal: true });
    await untilLeft();
    return isAnswered && userId() === before && departure === null;
  }

  /** Failures are not shown on the way home. A question, though, may stay open for hours. */
  async function untilLeft(): Promise<void> {
    if (departure !== null && unsaved.question() === null) await departure.done;
  }

  /** Repeats the request if the session got another id while the server looked for the former one. */
  async function askWhoIsHere(query: { passive?: "1" }): Promise<SessionState> {
    const wasOvertaken = watchTurns();
    const found = await call(endpoints.sessions.current, { query });
    return found.user === null && (await wasOvertaken()) ? call(endpoints.sessions.current, { query }) : found;
  }

  async function follow(found: SessionState, options: { mayAsk?: boolean } = {}) {
    const known = queryClient.getQueryData(sessionKey);
    const before = known?.user?.id ?? null;
    if (before === (found.user?.id ?? null)) queryClient.setQueryData(sessionKey, found);
    else if (before === null && found.user !== null) {
      if (found.expiresAt !== replacedEnd) enter(found);
    } else if (found.user === null && (found.ended || isOver(known)) && departure === null) expire();
    else {
      const leaving = departElsewhere(found, options);
      // A question may stay open for hours and must not block later checks.
      if (options.mayAsk === false) await leaving;
    }
  }

  async function renew(): Promise<boolean> {
    const before = queryClient.getQueryData(sessionKey)?.expiresAt ?? "";
    const found = await askWhoIsHere({});
    await follow(found);
    // Both are in UTC and of one format, so they can be compared as strings.
    const isExtended = found.user !== null && found.expiresAt > before;
    if (isExtended) tellTabs("renewed");
    // A user who is gone has been told so elsewhere.
    return isExtended || found.user === null;
  }

  async function logInAgain() {
    const leaving = queryClient.getQueryData(sessionKey);
    if (!leaving?.user) return;
    if (departure !== null) return answerDeparture("log-in");
    unsaved.keep();
    replacedEnd = leaving.expiresAt;
    // On a protected page, its guard redirects to the login page.
    const isProtected = page.isProtected();
    change(ENDED);
    if (!isProtected) await page.goToLogIn(leaving.user.id);
  }

  /** A page from the back/forward cache stays hidden until the session is known (R37). */
  async function onPageShow(event: PageTransitionEvent) {
    if (!event.persisted) return;
    document.body.hidden = true;
    try {
      await follow(await askWhoIsHere({ passive: "1" }), { mayAsk: false });
    } catch {
      // The session is unknown: the guard says so and shows nothing else.
      await queryClient.resetQueries({ queryKey: sessionKey });
    } finally {
      document.body.hidden = false;
    }
  }

  function start() {
    const stopLooking = whenRefusedAsNobody(isStillHere);
    const tabs = joinTabs(({ type }) => {
      if (type !== "logged-out") return void recheck();
      restoreKeys();
      if (userId() !== null) void departElsewhere(NOBODY);
    });
    tellTabs = (type) => tabs.tell({ type });
    function onReturn() {
      if (document.visibilityState === "visible") void recheck();
    }
    const pageShow = (event: PageTransitionEvent) => void onPageShow(event);
    window.addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("pageshow", pageShow);
    return () => {
      stopLooking();
      tabs.close();
      window.removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("pageshow", pageShow);
    };
  }

  return {
    enter(session) {
      // A pending session has no user: the previous user is gone.
      if (session.user === null) change(session);
      else enter(session);
      tellTabs("logged-in");
    },
    async goOn(session) {
      await follow(session);
      tellTabs("renewed");
    },
    logOut,
    startOver,
    leave,
    expire,
    recheck,
    renew,
    logInAgain,
    start,
  };
}

/** A remembered session's cookie has an expiry date, after which the browser no longer sends it. */
function isOver(session: SessionState | undefined): boolean {
  return session?.expiresAt != null && Date.parse(session.expiresAt) - CLOCK_MS <= serverNow();
}

/** A logout clears the cookie even while the session store is down. */
function isCookieGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "session_store_unavailable";
}
