import type { LiveSession, SessionState } from "@yumroad/contract";
import { expect, test } from "vitest";
import { ada, bob, ended, nobody, pending, sessionOf } from "../../test/stage.ts";
import { reduceSession, type Session, type SessionEffect, type SessionEvent, shownSession, userOf } from "./session.ts";

const adas = sessionOf(ada);
/** Ada's session after a renewal: the same user with a later end. */
const renewed: LiveSession = { ...adas, expiresAt: "2031-01-01T00:00:00.000Z" };
const bobs = { ...sessionOf(bob), expiresAt: "2032-01-01T00:00:00.000Z" };

const END_MS = Date.parse(adas.expiresAt);
/** The first moment at which Ada's session counts as over: a cookie and a clock have whole seconds. */
const OVER_MS = END_MS - 2000;

const unknown: Session = { status: "unknown", session: undefined };
const active: Session = { status: "active", session: adas };
const states = {
  unknown,
  anonymous: { status: "anonymous", session: nobody },
  pending: { status: "pending", session: pending },
  active,
  ended: { status: "ended", session: ended, replaced: null },
  replaced: { status: "ended", session: ended, replaced: adas.expiresAt },
  loggingOut: { status: "leaving", from: active, next: nobody, by: "user" },
  leaving: { status: "leaving", from: active, next: nobody, by: "elsewhere" },
  leavingToBob: { status: "leaving", from: active, next: bobs, by: "elsewhere" },
} as const satisfies Record<string, Session>;

function found(session: SessionState, { nowMs = 0, mayAsk = true } = {}): SessionEvent {
  return { type: "found", session, nowMs, mayAsk };
}

const events = {
  cachedNothing: { type: "cached", session: undefined },
  cachedNobody: { type: "cached", session: nobody },
  cachedEnded: { type: "cached", session: ended },
  cachedPending: { type: "cached", session: pending },
  cachedAda: { type: "cached", session: renewed },
  enteredAda: { type: "entered", session: renewed },
  enteredBob: { type: "entered", session: bobs },
  enteredPending: { type: "entered", session: pending },
  foundNobody: found(nobody, { nowMs: OVER_MS - 1 }),
  foundNobodyAtEnd: found(nobody, { nowMs: OVER_MS }),
  foundNobodyAtOnce: found(nobody, { mayAsk: false }),
  foundEnded: found(ended),
  foundPending: found(pending),
  foundAda: found(adas),
  foundAdaRenewed: found(renewed, { mayAsk: false }),
  foundBob: found(bobs, { nowMs: OVER_MS }),
  foundBobAtOnce: found(bobs, { mayAsk: false }),
  refused: { type: "refused" },
  loggedOutElsewhere: { type: "logged-out-elsewhere" },
  departing: { type: "departing" },
  stayed: { type: "stayed" },
  left: { type: "left" },
  replacing: { type: "replacing" },
  startedOver: { type: "started-over" },
} as const satisfies Record<string, SessionEvent>;

/** The next state and the effects, in words. A state or an event that is missing does not compile. */
const table: Record<keyof typeof states, Record<keyof typeof events, string>> = {
  unknown: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "anonymous nobody; show nobody",
    foundNobodyAtEnd: "anonymous nobody; show nobody",
    foundNobodyAtOnce: "anonymous nobody; show nobody",
    foundEnded: "ended ended; show ended",
    foundPending: "pending pending; show pending",
    foundAda: "active Ada; clear drafts except Ada’s; remember Ada; change Ada",
    foundAdaRenewed: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed",
    foundBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    foundBobAtOnce: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    refused: "same",
    loggedOutElsewhere: "same",
    departing: "unknown unknown → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "same",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  anonymous: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "anonymous nobody; show nobody",
    foundNobodyAtEnd: "anonymous nobody; show nobody",
    foundNobodyAtOnce: "anonymous nobody; show nobody",
    foundEnded: "ended ended; show ended",
    foundPending: "pending pending; show pending",
    foundAda: "active Ada; clear drafts except Ada’s; remember Ada; change Ada",
    foundAdaRenewed: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed",
    foundBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    foundBobAtOnce: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    refused: "same",
    loggedOutElsewhere: "same",
    departing: "anonymous nobody → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "same",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  pending: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "anonymous nobody; show nobody",
    foundNobodyAtEnd: "anonymous nobody; show nobody",
    foundNobodyAtOnce: "anonymous nobody; show nobody",
    foundEnded: "ended ended; show ended",
    foundPending: "pending pending; show pending",
    foundAda: "active Ada; clear drafts except Ada’s; remember Ada; change Ada",
    foundAdaRenewed: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed",
    foundBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    foundBobAtOnce: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    refused: "ended ended; change ended",
    loggedOutElsewhere: "same",
    departing: "pending pending → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "same",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  active: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "active Ada → nobody by elsewhere; leave page",
    foundNobodyAtEnd: "ended ended; remember Ada; change ended",
    foundNobodyAtOnce: "active Ada → nobody by elsewhere; leave page at once",
    foundEnded: "ended ended; remember Ada; change ended",
    foundPending: "active Ada → pending by elsewhere; leave page",
    foundAda: "active Ada; show Ada",
    foundAdaRenewed: "active Ada renewed; show Ada renewed",
    foundBob: "active Ada → Bob by elsewhere; leave page",
    foundBobAtOnce: "active Ada → Bob by elsewhere; leave page at once",
    refused: "ended ended; remember Ada; change ended",
    loggedOutElsewhere: "active Ada → nobody by elsewhere; leave page",
    departing: "active Ada → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "ended ended, replaces 2030; remember Ada; change ended",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  ended: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "anonymous nobody; show nobody",
    foundNobodyAtEnd: "anonymous nobody; show nobody",
    foundNobodyAtOnce: "anonymous nobody; show nobody",
    foundEnded: "ended ended; show ended",
    foundPending: "pending pending; show pending",
    foundAda: "active Ada; clear drafts except Ada’s; remember Ada; change Ada",
    foundAdaRenewed: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed",
    foundBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    foundBobAtOnce: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    refused: "same",
    loggedOutElsewhere: "same",
    departing: "ended ended → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "same",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  replaced: {
    cachedNothing: "unknown unknown",
    cachedNobody: "anonymous nobody",
    cachedEnded: "ended ended, replaces 2030",
    cachedPending: "pending pending",
    cachedAda: "active Ada renewed",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "anonymous nobody; show nobody",
    foundNobodyAtEnd: "anonymous nobody; show nobody",
    foundNobodyAtOnce: "anonymous nobody; show nobody",
    foundEnded: "ended ended, replaces 2030; show ended",
    foundPending: "pending pending; show pending",
    foundAda: "same",
    foundAdaRenewed: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed",
    foundBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    foundBobAtOnce: "active Bob; clear drafts except Bob’s; remember Bob; change Bob",
    refused: "same",
    loggedOutElsewhere: "same",
    departing: "ended ended, replaces 2030 → nobody by user",
    stayed: "same",
    left: "same",
    replacing: "same",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  loggingOut: {
    cachedNothing: "unknown unknown → nobody by user",
    cachedNobody: "anonymous nobody → nobody by user",
    cachedEnded: "ended ended → nobody by user",
    cachedPending: "pending pending → nobody by user",
    cachedAda: "active Ada renewed → nobody by user",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "same",
    foundNobodyAtEnd: "same",
    foundNobodyAtOnce: "same; leave page at once",
    foundEnded: "same",
    foundPending: "same",
    foundAda: "active Ada → nobody by user; show Ada",
    foundAdaRenewed: "active Ada renewed → nobody by user; show Ada renewed",
    foundBob: "same",
    foundBobAtOnce: "same; leave page at once",
    refused: "same",
    loggedOutElsewhere: "same",
    departing: "active Ada → nobody by user",
    stayed: "active Ada",
    left: "anonymous nobody; clear drafts; forget; change nobody; tell logged-out",
    replacing: "ended ended; remember Ada; change ended",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  leaving: {
    cachedNothing: "unknown unknown → nobody by elsewhere",
    cachedNobody: "anonymous nobody → nobody by elsewhere",
    cachedEnded: "ended ended → nobody by elsewhere",
    cachedPending: "pending pending → nobody by elsewhere",
    cachedAda: "active Ada renewed → nobody by elsewhere",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "active Ada → nobody by elsewhere",
    foundNobodyAtEnd: "active Ada → nobody by elsewhere",
    foundNobodyAtOnce: "active Ada → nobody by elsewhere; leave page at once",
    foundEnded: "active Ada → ended by elsewhere",
    foundPending: "active Ada → pending by elsewhere",
    foundAda: "active Ada → nobody by elsewhere; show Ada",
    foundAdaRenewed: "active Ada renewed → nobody by elsewhere; show Ada renewed",
    foundBob: "active Ada → Bob by elsewhere",
    foundBobAtOnce: "active Ada → Bob by elsewhere; leave page at once",
    refused: "same",
    loggedOutElsewhere: "active Ada → nobody by elsewhere",
    departing: "active Ada → nobody by elsewhere",
    stayed: "active Ada",
    left: "anonymous nobody; clear drafts; forget; change nobody",
    replacing: "ended ended; remember Ada; change ended",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
  leavingToBob: {
    cachedNothing: "unknown unknown → Bob by elsewhere",
    cachedNobody: "anonymous nobody → Bob by elsewhere",
    cachedEnded: "ended ended → Bob by elsewhere",
    cachedPending: "pending pending → Bob by elsewhere",
    cachedAda: "active Ada renewed → Bob by elsewhere",
    enteredAda: "active Ada renewed; clear drafts except Ada’s; remember Ada; change Ada renewed; tell logged-in",
    enteredBob: "active Bob; clear drafts except Bob’s; remember Bob; change Bob; tell logged-in",
    enteredPending: "pending pending; change pending; tell logged-in",
    foundNobody: "active Ada → nobody by elsewhere",
    foundNobodyAtEnd: "active Ada → nobody by elsewhere",
    foundNobodyAtOnce: "active Ada → nobody by elsewhere; leave page at once",
    foundEnded: "active Ada → ended by elsewhere",
    foundPending: "active Ada → pending by elsewhere",
    foundAda: "active Ada → Bob by elsewhere; show Ada",
    foundAdaRenewed: "active Ada renewed → Bob by elsewhere; show Ada renewed",
    foundBob: "active Ada → Bob by elsewhere",
    foundBobAtOnce: "active Ada → Bob by elsewhere; leave page at once",
    refused: "same",
    loggedOutElsewhere: "active Ada → nobody by elsewhere",
    departing: "active Ada → nobody by elsewhere",
    stayed: "active Ada",
    left: "active Bob; clear drafts; forget; change Bob; remember Bob",
    replacing: "ended ended, replaces 2032; remember Ada; change ended",
    startedOver: "anonymous nobody; change nobody; tell logged-out",
  },
};

const names = new Map<unknown, string>([
  [undefined, "unknown"],
  [nobody, "nobody"],
  [ended, "ended"],
  [pending, "pending"],
  [adas, "Ada"],
  [renewed, "Ada renewed"],
  [bobs, "Bob"],
]);

function nameOf(session: SessionState | undefined): string {
  const same = [...names].find(([known]) => JSON.stringify(known) === JSON.stringify(session));
  if (!same) throw new Error(`No session of this table: ${JSON.stringify(session)}`);
  return same[1];
}

function stateInWords(state: Session): string {
  if (state.status === "leaving") return `${stateInWords(state.from)} → ${nameOf(state.next)} by ${state.by}`;
  const replaced = "replaced" in state && state.replaced !== null ? `, replaces ${state.replaced.slice(0, 4)}` : "";
  return `${state.status} ${nameOf(shownSession(state))}${replaced}`;
}

function effectInWords(effect: SessionEffect): string {
  switch (effect.type) {
    case "show":
    case "change":
      return `${effect.type} ${nameOf(effect.session)}`;
    case "remember-user":
      return `remember ${effect.userId === ada.id ? "Ada" : "Bob"}`;
    case "forget-user":
      return "forget";
    case "clear-drafts":
      return effect.exceptOf === null
        ? "clear drafts"
        : `clear drafts except ${effect.exceptOf === ada.id ? "Ada" : "Bob"}’s`;
    case "tell-tabs":
      return `tell ${effect.message}`;
    case "leave-page":
      return effect.mayAsk ? "leave page" : "leave page at once";
  }
}

function changeInWords(state: Session, event: SessionEvent): string {
  const [next, effects] = reduceSession(state, event);
  return [next === state ? "same" : stateInWords(next), ...effects.map(effectInWords)].join("; ");
}

test.each(Object.entries(states))("in the state “%s”, every event has its change", (name, state) => {
  const changes = Object.entries(events).map(([event, value]) => [event, changeInWords(state, value)]);
  expect(Object.fromEntries(changes)).toEqual(table[name as keyof typeof states]);
});

test("a user who is about to be gone is shown until then", () => {
  expect([states.active, states.leavingToBob, states.pending, states.unknown].map(userOf)).toEqual([
    ada.id,
    ada.id,
    null,
    null,
  ]);
  expect(shownSession(states.unknown)).toBeUndefined();
});
