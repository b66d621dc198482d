import type { QueryClient } from "@tanstack/react-query";
import type { LiveSession, LoginAnswer } from "@yumroad/contract";
import type { KeptKey } from "../platform/lib/kept-key.ts";
import type { Notices } from "../platform/lib/notices.ts";
import type { ServerClock } from "../platform/lib/server-clock.ts";
import type { Unsaved } from "../platform/lib/unsaved.ts";
import { appWords } from "../words/app.ts";
import { createDepartures, type Departures, type Page } from "./departures.ts";
import { createEffects } from "./effects.ts";
import { listen } from "./listen.ts";
import { createLogout, type Logout } from "./logout.ts";
import { createProbe, type Probe } from "./probe.ts";
import { shownSession, userOf } from "./session.ts";
import { sessionQuery } from "./session-query.ts";
import { createSessionStore, type SessionStore } from "./session-store.ts";
import type { TabMessage } from "./tab-sync.ts";
import type { Transport } from "./transport.ts";

interface Dependencies {
  queryClient: QueryClient;
  transport: Pick<Transport, "epochs" | "rotations">;
  clock: ServerClock;
  notices: Notices;
  unsaved: Unsaved;
  /** Belong to no user, so they outlive a logout. */
  keys: readonly KeptKey[];
  page: Page;
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
  /** Finds out why a request was refused as anonymous; returns whether the same user is still logged in. */
  revalidateSession(): Promise<boolean>;
  /** Renews the session. Returns false if its end can't be extended. Throws when the server can't be reached. */
  renew(): Promise<boolean>;
  /** Replaces a session that is about to end: leads to the login page and back. */
  logInAgain(): Promise<void>;
  /** Listens to other tabs and to this tab's focus. Returns a function that stops it. */
  start(): () => void;
}

export function createSessionKeeper(dependencies: Dependencies): SessionKeeper {
  const { queryClient, transport, unsaved, page } = dependencies;
  let listening: ReturnType<typeof listen> | null = null;
  const tellTabs = (type: TabMessage["type"]) => listening?.tell(type);
  const effects = createEffects({
    queryClient,
    epochs: transport.epochs,
    tellTabs,
    leavePage: (options) => departures.leaveElsewhere(options),
  });
  const store: SessionStore = createSessionStore(queryClient, effects);
  const departures: Departures = createDepartures({ store, unsaved, page });
  const parts: Parts = {
    ...dependencies,
    store,
    departures,
    probe: createProbe({ ...dependencies, rotations: transport.rotations, store, departures }),
    logout: createLogout(dependencies),
    tellTabs,
  };
  return {
    enter: (session) => store.dispatch({ type: "entered", session }),
    async goOn(session) {
      await parts.probe.follow(session);
      tellTabs("renewed");
    },
    logOut: () => logOut(parts),
    async startOver() {
      await parts.logout.endQuietly();
      store.dispatch({ type: "started-over" });
    },
    async leave() {
      unsaved.discard();
      await departures.depart(() => leaveFirst(parts));
    },
    expire: () => store.dispatch({ type: "refused" }),
    async recheck() {
      await parts.probe.recheck();
    },
    revalidateSession: async () => listening !== null && parts.probe.revalidate(),
    renew: () => renew(parts),
    logInAgain: () => logInAgain(parts),
    start() {
      const begun = listenWith(parts);
      listening = begun;
      return () => {
        listening = null;
        begun.stop();
      };
    },
  };
}

interface Parts extends Dependencies {
  store: SessionStore;
  departures: Departures;
  probe: Probe;
  logout: Logout;
  tellTabs: (type: TabMessage["type"]) => void;
}

async function logOut(parts: Parts): Promise<void> {
  const { unsaved, notices, departures, logout } = parts;
  if ((await unsaved.ask("log-out")) !== "leave") return;
  notices.dismiss();
  await departures.depart(async () => {
    const end = await logout.end();
    if (end === "failed") return;
    unsaved.discard();
    await leaveFirst(parts);
    if (end === "here-only") {
      notices.show({ kind: "problem", text: appWords.session.hereOnly });
    }
  });
}

/** The page is left before the user is removed: otherwise a guard would write a way back to it (R32). */
async function leaveFirst({ page, store }: Parts): Promise<void> {
  await page.goHome();
  store.dispatch({ type: "left" });
}

async function renew({ store, probe, tellTabs }: Parts): Promise<boolean> {
  const before = shownSession(store.state())?.expiresAt ?? "";
  const found = await probe.ask({});
  await probe.follow(found);
  // Both are in UTC and of one format, so they can be compared as strings.
  const isExtended = found.user !== null && found.expiresAt > before;
  if (isExtended) tellTabs("renewed");
  // A user who is gone has been told so elsewhere.
  return isExtended || found.user === null;
}

async function logInAgain({ store, departures, unsaved, page }: Parts): Promise<void> {
  const leaving = userOf(store.state());
  if (leaving === null) return;
  if (store.state().status === "leaving") return departures.answer("log-in");
  unsaved.keep();
  // On a protected page, its guard redirects to the login page.
  const isProtected = page.isProtected();
  store.dispatch({ type: "replacing" });
  if (!isProtected) await page.goToLogIn(leaving);
}

function listenWith({ queryClient, store, probe, logout }: Parts) {
  return listen({
    onTabMessage({ type }) {
      if (type !== "logged-out") return void probe.recheck();
      logout.restoreKeys();
      store.dispatch({ type: "logged-out-elsewhere" });
    },
    onReturn: () => void probe.recheck(),
    async onRestore() {
      try {
        await probe.follow(await probe.ask({ passive: "1" }), { mayAsk: false });
      } catch {
        // The session is unknown: the guard says so and shows nothing else.
        await queryClient.resetQueries({ queryKey: sessionQuery.queryKey });
      }
    },
  });
}
