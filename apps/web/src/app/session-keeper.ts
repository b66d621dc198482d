import type { QueryClient } from "@tanstack/react-query";
import { endpoints, type LiveSession, type LoginAnswer, type SessionState } from "@yumroad/contract";
import { pendingSessionOf, sessionQuery } from "../features/accounts/api.ts";
import { ApiError, call } from "../lib/call.ts";
import { clearAllDrafts, clearDraftsOfOthers } from "../lib/drafts.ts";
import { explain } from "../lib/explain.ts";
import { keepingChoices } from "../lib/keep-choices.ts";
import { forgetUser, rememberUser } from "../lib/last-user.ts";
import type { Notices } from "../lib/notices.ts";
import { serverNow } from "../lib/server-clock.ts";
import { beginEpoch } from "../lib/session-epoch.ts";
import { watchTurns } from "../lib/session-turns.ts";
import { joinTabs, type TabMessage } from "../lib/tab-sync.ts";
import type { TrayKey } from "../lib/tray-key.ts";
import type { LeaveAnswer, Unsaved } from "../lib/unsaved.ts";
import { whenRefusedAsNobody } from "../lib/who-is-here.ts";

interface Dependencies {
  queryClient: QueryClient;
  notices: Notices;
  unsaved: Unsaved;
  trayKey: TrayKey;
  /** The page that is open: may nobody else see it, and how to leave it. */
  page: { isProtected(): boolean; goHome(): Promise<void>; goToLogIn(stashedFor: string): Promise<void> };
}

/** Everything that happens when whoever is logged in changes: here, in another tab, or on the server. */
export interface SessionKeeper {
  /** Somebody has logged in or signed up in this tab, or is half way there. */
  enter(session: LoginAnswer): void;
  /** The same person goes on with a session that is not quite the same: renewed, under a new id, or with another name. */
  goOn(session: LiveSession): Promise<void>;
  /** The person asks to log out. */
  logOut(): Promise<void>;
  /** Whoever owes a second factor would rather log in as somebody else. Throws when the server can't be asked. */
  startOver(): Promise<void>;
  /** The person is logged out everywhere, and wanted to be: what they asked for ends all their sessions. */
  leave(): Promise<void>;
  /** The server says that nobody is logged in, where we thought that somebody was. */
  expire(): void;
  /** Asks the server who is logged in, without keeping the session alive, and follows. */
  recheck(): Promise<void>;
  /** Keeps the session alive. False if its end does not move any more. Throws when the server can't be asked. */
  renew(): Promise<boolean>;
  /** Begins a new session in place of one that is about to end: by way of the log-in page, and back. */
  logInAgain(): Promise<void>;
  /** Listens to other tabs and to the return of this one; gives back how to stop. */
  start(): () => void;
}

const NOBODY: SessionState = { user: null, expiresAt: null, ended: false };
const ENDED: SessionState = { user: null, expiresAt: null, ended: true };
const SLOW_MS = 300;
/** How much later than the end of a session the answer to the log-out that ended it may come. */
const LOG_OUT_ANSWER_MS = 300;
/** A cookie's date and the server's clock are told in whole seconds. */
const CLOCK_MS = 2000;

export function createSessionKeeper({ queryClient, notices, unsaved, trayKey, page }: Dependencies): SessionKeeper {
  const sessionKey = sessionQuery.queryKey;
  let tellTabs: (type: TabMessage["type"]) => void = () => {};

  // The end of the session that is being replaced. It lives on, but nobody is to be taken back into it.
  let replacedEnd: string | null = null;

  function userId(): string | null {
    return queryClient.getQueryData(sessionKey)?.user?.id ?? null;
  }

  /** Another person, or nobody: whatever was asked for or held on behalf of the last one is gone (R35). */
  function change(session: SessionState) {
    void queryClient.cancelQueries({ queryKey: sessionKey });
    queryClient.setQueryData(sessionKey, session);
    beginEpoch();
    // The public ones are asked for anew, since pages that show them may be open; the others must not be.
    const isSession = (key: readonly unknown[]) => key[0] === sessionKey[0];
    queryClient.removeQueries({
      predicate: ({ queryKey, meta }) => !isSession(queryKey) && meta?.isPublic !== true && meta?.isLasting !== true,
    });
    void queryClient.resetQueries({ predicate: ({ meta }) => meta?.isPublic === true });
    // What is about the shop alone stays on the screen meanwhile: the frame of every page shows it.
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
    // Somebody on the way out will not be sent to the log-in page: they have been asked, and the answer decides.
    if (departure !== null) return;
    const known = queryClient.getQueryData(sessionKey);
    // The first of many answers does it; the rest find nobody here any more (R34).
    if (!known?.user && pendingSessionOf(known) === null) return;
    // A tab that was opened with the session alive has not heard of a log-in: for whom its page is kept is said here.
    if (known?.user) rememberUser(known.user.id);
    change(ENDED);
  }

  function depart(session: SessionState) {
    clearAllDrafts();
    forgetUser();
    change(session);
    if (session.user !== null) rememberUser(session.user.id);
  }

  // There is one way out at a time, and whatever is learnt of the session meanwhile only changes who is here after it.
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
      // Leave before the user goes: a guard that saw it would write a way back to the page left (R32).
      await page.goHome();
      depart(NOBODY);
      tellTabs("logged-out");
      if (end === "here-only") {
        const text = "You are logged out in this browser, but the server could not end the session yet.";
        notices.show({ kind: "problem", text });
      }
    });
  }

  /** Asks the server to end the session. As long as that may fail nothing is left, and nothing discarded. */
  async function endSession(): Promise<"ended" | "here-only" | "failed"> {
    const slow = setTimeout(() => notices.show({ kind: "success", text: "Logging you out…" }), SLOW_MS);
    try {
      await askToEnd();
      return "ended";
    } catch (error) {
      if (isCookieGone(error)) return "here-only";
      notices.show({ kind: "problem", text: `You are still logged in. ${explain(error)}` });
      return "failed";
    } finally {
      clearTimeout(slow);
      if (notices.current()?.kind === "success") notices.dismiss();
    }
  }

  /** The answer wipes what all tabs keep. What is no person's each of them puts back. */
  async function askToEnd() {
    try {
      await keepingChoices(() => call(endpoints.auth.logout));
    } finally {
      trayKey.restore();
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
      // As for a log-out: before a guard sees the user go.
      await page.goHome();
      depart(NOBODY);
      tellTabs("logged-out");
    });
  }

  /** Whoever was here is not any more, and it was no expiry: they logged out in another tab, or somebody else did log in. */
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
      // They are back.
      if (answer === "stay") return;
      if (answer === "log-in") {
        // The log-out wiped this tab's storage too: for whom the page is kept has to be said again.
        if (leaving !== null) rememberUser(leaving);
        // Somebody else may be here by now. The page is kept for who left it.
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

  /** Asks the server who is logged in, without keeping the session alive, and follows. False if it gave no answer. */
  function look({ isAfterRefusal = false } = {}): Promise<boolean> {
    checking ??= doLook(isAfterRefusal).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function doLook(isAfterRefusal: boolean): Promise<boolean> {
    const known = queryClient.getQueryData(sessionKey);
    // Not known yet: the first probe is on its way, or failed and is the person's to repeat.
    if (known === undefined) return false;
    const during = departure;
    let found: SessionState;
    try {
      found = await askWhoIsHere({ passive: "1" });
      // The answer to a log-out in another tab may be about to take the cookie away.
      if (isAfterRefusal && found.user === null && found.ended) {
        await new Promise((resolve) => setTimeout(resolve, LOG_OUT_ANSWER_MS));
        found = await askWhoIsHere({ passive: "1" });
      }
    } catch {
      // Offline, or overtaken by a log-in or log-out here: what we know stands.
      return false;
    }
    await follow(found);
    // They are back, and not only seen from before they went.
    if (during !== null && during === departure && found.user?.id === userId()) answerDeparture("stay");
    return true;
  }

  async function recheck(): Promise<void> {
    await look();
  }

  /**
   * Somebody's request was refused as nobody's, which does not say why: the session may have ended, or been ended by a
   * log-out in another tab whose word is still on its way, or gone on there under another id. Finds out, follows, and
   * says whether the same person is still here.
   */
  async function isStillHere(): Promise<boolean> {
    const before = userId();
    // What was asked before the refusal may have been answered before the end.
    await checking;
    if (before === null || userId() !== before || departure !== null) return false;
    const isAnswered = await look({ isAfterRefusal: true });
    await untilLeft();
    return isAnswered && userId() === before && departure === null;
  }

  /** On the way home nothing is to be said of what failed. A question, though, may stay open for hours. */
  async function untilLeft(): Promise<void> {
    if (departure !== null && unsaved.question() === null) await departure.done;
  }

  /** Once more if the session went on under another id while the server looked for the former one. */
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
      // A question may stay open for hours, and must not keep anybody from looking again.
      if (options.mayAsk === false) await leaving;
    }
  }

  async function renew(): Promise<boolean> {
    const before = queryClient.getQueryData(sessionKey)?.expiresAt ?? "";
    const found = await askWhoIsHere({});
    await follow(found);
    // Of one form and in UTC: the later one is the greater one.
    const isExtended = found.user !== null && found.expiresAt > before;
    if (isExtended) tellTabs("renewed");
    // Whoever is not here any more has been told otherwise.
    return isExtended || found.user === null;
  }

  async function logInAgain() {
    const leaving = queryClient.getQueryData(sessionKey);
    if (!leaving?.user) return;
    if (departure !== null) return answerDeparture("log-in");
    unsaved.keep();
    replacedEnd = leaving.expiresAt;
    // From a protected page its guard leads to the log-in page.
    const isProtected = page.isProtected();
    change(ENDED);
    if (!isProtected) await page.goToLogIn(leaving.user.id);
  }

  /** The page comes out of the back/forward cache as it was left: it stays hidden until we know who is here (R37). */
  async function onPageShow(event: PageTransitionEvent) {
    if (!event.persisted) return;
    document.body.hidden = true;
    try {
      await follow(await askWhoIsHere({ passive: "1" }), { mayAsk: false });
    } catch {
      // We do not know: the guard says so, and shows nothing else.
      await queryClient.resetQueries({ queryKey: sessionKey });
    } finally {
      document.body.hidden = false;
    }
  }

  function start() {
    const stopLooking = whenRefusedAsNobody(isStillHere);
    const tabs = joinTabs(({ type }) => {
      if (type !== "logged-out") return void recheck();
      trayKey.restore();
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
      // Half a session is nobody's: whoever was here before is not any more.
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

/** A remembered session's cookie has a date: at the end the browser lets go of it, and presents nothing any more. */
function isOver(session: SessionState | undefined): boolean {
  return session?.expiresAt != null && Date.parse(session.expiresAt) - CLOCK_MS <= serverNow();
}

/** While the store of sessions is down, a log-out clears the cookie all the same. */
function isCookieGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "session_store_unavailable";
}
