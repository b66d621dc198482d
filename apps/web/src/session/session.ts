import type { LiveSession, LoginAnswer, NoSession, PendingSession, SessionState } from "@yumroad/contract";

/** The session, as far as this page knows it. */
export type KnownSession =
  /** The server has not answered yet. */
  | { status: "unknown"; session: undefined }
  | { status: "anonymous"; session: NoSession }
  /** The second factor is pending. */
  | { status: "pending"; session: PendingSession }
  | { status: "active"; session: LiveSession }
  /**
   * It ended without a logout. `replaced` is the end of a session that still lives, but that its user wants to replace
   * by a new one: it must not be resumed.
   */
  | { status: "ended"; session: NoSession; replaced: string | null };

/**
 * The user is about to be gone, but the page still shows them: until it is left, or while it asks about unsaved input.
 * `next` replaces them then.
 */
export interface LeavingSession {
  status: "leaving";
  from: KnownSession;
  next: SessionState;
  by: "user" | "elsewhere";
}

export type Session = KnownSession | LeavingSession;

export type SessionEvent =
  /** The session query's own answer; undefined if it was reset. */
  | { type: "cached"; session: SessionState | undefined }
  /** The user has logged in or signed up in this tab. */
  | { type: "entered"; session: LoginAnswer }
  /** The server's answer about who is logged in, at a time of its clock. `mayAsk`: unsaved input may delay the change. */
  | { type: "found"; session: SessionState; nowMs: number; mayAsk: boolean }
  /** A request was refused as anonymous, for good. */
  | { type: "refused" }
  /** Another tab has logged out. */
  | { type: "logged-out-elsewhere" }
  /** The user logs out, or ends all sessions. */
  | { type: "departing" }
  /** The departure is over; if the page was not left, the user stays. */
  | { type: "stayed" }
  /** The page was left. */
  | { type: "left" }
  /** The user wants a new login in place of this session. */
  | { type: "replacing" }
  /** The pending second factor was cancelled. */
  | { type: "started-over" };

/** The consequences of a change, in their order. `effects.ts` runs them. */
export type SessionEffect =
  /** The same user, or none, with a changed session. */
  | { type: "show"; session: SessionState }
  /** Another user, or none: everything of the former one is discarded. */
  | { type: "change"; session: SessionState }
  /** Records whom the open page is kept for. */
  | { type: "remember-user"; userId: string }
  | { type: "forget-user" }
  /** `exceptOf` is the user whose drafts stay. */
  | { type: "clear-drafts"; exceptOf: string | null }
  | { type: "tell-tabs"; message: "logged-in" | "logged-out" }
  /** Leaves the page on behalf of a user who is gone already. */
  | { type: "leave-page"; mayAsk: boolean };

type Change = [next: Session, effects: SessionEffect[]];

const NOBODY: NoSession = { user: null, expiresAt: null, ended: false };
const ENDED: NoSession = { user: null, expiresAt: null, ended: true };
/** A cookie's expiry and the server's clock have a resolution of one second. */
const CLOCK_MS = 2000;

/** The next state of the session, and the effects of the change. Pure: nothing happens here. */
export function reduceSession(state: Session, event: SessionEvent): Change {
  switch (event.type) {
    case "cached":
      return [withKnown(state, toKnown(event.session)), []];
    case "entered":
      return enter(event.session);
    case "found":
      return find(state, event);
    case "refused":
      return refuse(state);
    case "logged-out-elsewhere":
      return userOf(state) === null ? [state, []] : departElsewhere(state, { next: NOBODY, mayAsk: true });
    case "departing":
      return [
        state.status === "leaving"
          ? { ...state, next: NOBODY }
          : { status: "leaving", from: state, next: NOBODY, by: "user" },
        [],
      ];
    case "stayed":
      return [knownOf(state), []];
    case "left":
      return state.status === "leaving" ? leave(state) : [state, []];
    case "replacing":
      return replace(state);
    case "started-over":
      return [
        toKnown(NOBODY),
        [
          { type: "change", session: NOBODY },
          { type: "tell-tabs", message: "logged-out" },
        ],
      ];
  }
}

/** The session that the page shows; undefined while it is unknown. */
export function shownSession(state: Session): SessionState | undefined {
  return knownOf(state).session;
}

/** The id of the user that the page shows, or null. */
export function userOf(state: Session): string | null {
  return shownSession(state)?.user?.id ?? null;
}

function knownOf(state: Session): KnownSession {
  return state.status === "leaving" ? state.from : state;
}

function toKnown(session: SessionState | undefined): KnownSession {
  if (session === undefined) return { status: "unknown", session };
  if (session.user !== null) return { status: "active", session };
  if (session.expiresAt !== null) return { status: "pending", session };
  return session.ended ? { status: "ended", session, replaced: null } : { status: "anonymous", session };
}

/** The same state with a session that is known better. A replaced session stays replaced. */
function withKnown(state: Session, known: KnownSession): Session {
  if (state.status === "leaving") return { ...state, from: known };
  if (state.status === "ended" && known.status === "ended") return { ...known, replaced: state.replaced };
  return known;
}

function enter(session: LoginAnswer): Change {
  const entered: SessionEffect[] = session.user === null ? [{ type: "change", session }] : welcome(session);
  return [toKnown(session), [...entered, { type: "tell-tabs", message: "logged-in" }]];
}

function welcome(session: LiveSession): SessionEffect[] {
  return [
    { type: "clear-drafts", exceptOf: session.user.id },
    { type: "remember-user", userId: session.user.id },
    { type: "change", session },
  ];
}

function find(state: Session, { session, nowMs, mayAsk }: Extract<SessionEvent, { type: "found" }>): Change {
  const known = knownOf(state);
  if (known.status !== "active") return session.user === null ? show(state, session) : resume(state, session);
  if (session.user?.id === known.session.user.id) return show(state, session);
  const isExpiry = session.user === null && (session.ended || isOver(known.session, nowMs));
  return isExpiry && state.status !== "leaving" ? refuse(state) : departElsewhere(state, { next: session, mayAsk });
}

function show(state: Session, session: SessionState): Change {
  return [withKnown(state, toKnown(session)), [{ type: "show", session }]];
}

function resume(state: Session, session: LiveSession): Change {
  const known = knownOf(state);
  const isReplaced = known.status === "ended" && known.replaced === session.expiresAt;
  return isReplaced ? [state, []] : [toKnown(session), welcome(session)];
}

/** A remembered session's cookie has an expiry date, after which the browser no longer sends it. */
function isOver({ expiresAt }: LiveSession, nowMs: number): boolean {
  return Date.parse(expiresAt) - CLOCK_MS <= nowMs;
}

/** The first of several refusals ends the session (R34). A user who is leaving is not sent to the login page. */
function refuse(state: Session): Change {
  if (state.status !== "active" && state.status !== "pending") return [state, []];
  return end(state, null);
}

/** A tab that was opened during the session has not seen a login, so the owner of its page is recorded here. */
function end(known: KnownSession, replaced: string | null): Change {
  const userId = userOf(known);
  return [
    { status: "ended", session: ENDED, replaced },
    [...(userId === null ? [] : [{ type: "remember-user" as const, userId }]), { type: "change", session: ENDED }],
  ];
}

/** Only one departure runs at a time; a session that is found meanwhile only replaces what follows it. */
function departElsewhere(state: Session, { next, mayAsk }: { next: SessionState; mayAsk: boolean }): Change {
  if (state.status !== "leaving") {
    return [{ status: "leaving", from: state, next, by: "elsewhere" }, [{ type: "leave-page", mayAsk }]];
  }
  return [state.by === "user" ? state : { ...state, next }, mayAsk ? [] : [{ type: "leave-page", mayAsk }]];
}

function leave({ next, by }: LeavingSession): Change {
  return [
    toKnown(next),
    [
      { type: "clear-drafts", exceptOf: null },
      { type: "forget-user" },
      { type: "change", session: next },
      ...(next.user === null ? [] : [{ type: "remember-user" as const, userId: next.user.id }]),
      ...(by === "user" ? [{ type: "tell-tabs" as const, message: "logged-out" as const }] : []),
    ],
  ];
}

/** Another user may be logged in by now. The page stays reserved for the one who left it. */
function replace(state: Session): Change {
  if (state.status === "leaving") return end(state.from, state.next.expiresAt);
  return state.status === "active" ? end(state, state.session.expiresAt) : [state, []];
}
