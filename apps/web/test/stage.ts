import {
  type Account,
  type Activity,
  endpoints,
  type Factors,
  type LiveSession,
  type NoSession,
  type OwnProduct,
  type OwnProductCard,
  type OwnStore,
  type Passkey,
  type PendingSession,
  type Person,
  type ProductCard,
  type PublishedProduct,
  type SessionState,
  type SessionSummary,
  type Shop,
  type Store,
  type StoreRef,
  type User,
} from "@yumroad/contract";
import { mock, recorded } from "./mock.ts";

export const PASSWORD = "nine purple walruses";

/** An id as the server makes them, of whatever has this name. */
export function idOf(name: string): string {
  const digits = [...new TextEncoder().encode(name)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `00000000-0000-7000-8000-${digits.slice(0, 12).padEnd(12, "0")}`;
}

/** A token, a handle or a cursor that can be told from others: as opaque and as long as the server's are. */
export function tokenOf(name: string, length = 43): string {
  return name.replaceAll(/[^\w]/g, "").padEnd(length, "0").slice(0, length);
}

function person(id: string, name: string): User & { store: StoreRef } {
  const handle = name.toLowerCase();
  return { id, email: `${handle}@example.com`, name, store: { handle, name }, isOperator: false };
}

export const ada = person(idOf("Ada"), "Ada");
export const bob = person(idOf("Bob"), "Bob");

/** Ada, where she runs the shop. */
export const adaAsOperator = { ...ada, isOperator: true };

/** What a shop says of itself whose operators have changed nothing. */
export function shopOf(more: Partial<Shop> = {}): Shop {
  return {
    kind: "marketplace",
    signupMode: "instant",
    canSendMail: true,
    hasMailTray: false,
    withdrawFrom: "shop",
    name: "Yumroad",
    tagline: "",
    legalName: "",
    legalAddress: "",
    contactEmail: "",
    footerLinks: [],
    showsPoweredBy: true,
    ...more,
  };
}

/** A user as operators see them. */
export function personOf(user: User, more: Partial<Person> = {}): Person {
  return { ...user, isDisabled: false, createdAt: "2026-01-02T03:04:05.000Z", ...more };
}

export function sessionOf(user: User): LiveSession {
  return { user, expiresAt: "2030-01-01T00:00:00.000Z" };
}

export const nobody: NoSession = { user: null, expiresAt: null, ended: false };
export const ended: NoSession = { user: null, expiresAt: null, ended: true };

/** The code of the moment in everybody's authenticator app. */
export const CODE = "492039";

export const pending: PendingSession = {
  user: null,
  expiresAt: "2030-01-01T00:00:00.000Z",
  ended: false,
  secondFactors: ["totp", "recovery_code"],
};

export function accountOf(user: User, more: Partial<Account> = {}): Account {
  return {
    user,
    isEmailVerified: true,
    pendingEmail: null,
    createdAt: "2026-01-02T03:04:05.000Z",
    passwordChangedAt: "2026-01-02T03:04:05.000Z",
    deletionAt: null,
    ...more,
  };
}

/** One's own session on a device. */
export function sessionOn(device: string, more: Partial<SessionSummary> = {}): SessionSummary {
  return {
    handle: tokenOf(device, 22),
    device,
    address: "203.0.113.x",
    firstUsedAt: "2026-01-02T03:04:05.000Z",
    lastUsedAt: "2026-01-03T03:04:05.000Z",
    expiresAt: "2030-01-01T00:00:00.000Z",
    isCurrent: false,
    ...more,
  };
}

/** One's own passkey. */
export function passkeyOf(name: string, more: Partial<Passkey> = {}): Passkey {
  return {
    handle: idOf(name),
    name,
    createdAt: "2026-01-02T03:04:05.000Z",
    lastUsedAt: null,
    isSynced: false,
    ...more,
  };
}

/** Something that has happened to one's own account. */
export function event(kind: Activity["kind"], more: Partial<Activity> = {}): Activity {
  return {
    id: idOf(kind),
    kind,
    at: "2026-01-02T03:04:05.000Z",
    device: "Firefox on Linux",
    address: "203.0.113.x",
    ...more,
  };
}

export function card(name: string, more: Partial<ProductCard> = {}): ProductCard {
  return {
    slug: name.toLowerCase().replaceAll(" ", "-"),
    name,
    price: { amount: 1200, currency: "EUR" },
    pricing: "fixed",
    status: "published",
    coverUrl: null,
    store: ada.store,
    ...more,
  };
}

/** A product in its seller's list. */
export function ownCard(name: string, more: Partial<OwnProductCard> = {}): OwnProductCard {
  return { ...card(name), updatedAt: "2026-03-01T10:00:00.000Z", isTakenDown: false, ...more };
}

export function product(name: string, more: Partial<PublishedProduct> = {}): PublishedProduct {
  return {
    ...card(name),
    description: "",
    descriptionHtml: "",
    suggestedAmount: null,
    createdAt: "2026-01-02T03:04:05.000Z",
    updatedAt: "2026-01-02T03:04:05.000Z",
    contents: [],
    pictures: [],
    ...more,
  };
}

/** A product as its seller gets it. */
export function ownProduct(name: string, more: Partial<OwnProduct> = {}): OwnProduct {
  const { contents: _, pictures: __, ...shown } = product(name);
  return { ...shown, needsPriceCheck: false, takenDownReason: null, ...more };
}

/** A store as its page shows it. */
export function storeOf(store: StoreRef, more: Partial<Store> = {}): Store {
  return { ...store, bio: "", bioHtml: "", legalName: "", legalAddress: "", contactEmail: "", ...more };
}

/** A store as its seller gets it. */
export function ownStore(store: StoreRef, more: Partial<OwnStore> = {}): OwnStore {
  return {
    ...storeOf(store),
    formerHandles: [],
    payInstructions: "",
    endsAccessOnDispute: false,
    takenDownReason: null,
    ...more,
  };
}

/**
 * The least that every page needs of the server: who is logged in and what is to know of their account (which a test may
 * change by hand, as a server may by itself), and empty shelves. What a test is about it mocks itself. Log-ins owe a
 * second factor where `owesFactor` says so.
 */
export function setStage(session: SessionState = nobody) {
  const stage = {
    session,
    account: {} as Partial<Account>,
    sessions: [sessionOn("Firefox on Linux", { isCurrent: true })],
    passkeys: [] as Passkey[],
    factors: { totpSince: null, recoveryCodesLeft: 0 } as Factors,
    owesFactor: false,
    site: shopOf(),
  };
  let halfway: User | null = session.user === null && session.expiresAt !== null ? ada : null;
  const probes = mock(endpoints.sessions.current, () => ({ status: 200, body: stage.session }));
  const logins = mock(endpoints.auth.login, ({ body }) => {
    const user = [ada, bob].find(({ email }) => email === body.email);
    if (!user || body.password !== PASSWORD) return { refusal: "invalid_credentials" };
    halfway = stage.owesFactor ? user : null;
    const begun = stage.owesFactor ? pending : sessionOf(user);
    stage.session = begun;
    return { status: 200, body: begun };
  });
  const codes = mock(endpoints.twoFactor.completeLogin, ({ body }) => {
    if (halfway === null) return { refusal: "unauthenticated" };
    if (body.code !== CODE) return { refusal: "invalid_code" };
    const begun = sessionOf(halfway);
    halfway = null;
    stage.session = begun;
    return { status: 200, body: begun };
  });
  const signups = mock(endpoints.auth.signup, ({ body: { name, email } }) => {
    const begun = sessionOf({ ...person(idOf(name.trim()), name.trim()), email, store: null });
    stage.session = begun;
    stage.account.isEmailVerified = false;
    return { status: 201, body: begun };
  });
  const logouts = mock(endpoints.auth.logout, () => {
    halfway = null;
    stage.session = nobody;
    return { status: 204, body: null };
  });
  // Every page asks. Ada's, where a test has somebody log in by a mock of its own.
  mock(endpoints.account.get, () => ({ status: 200, body: accountOf(stage.session.user ?? ada, stage.account) }));
  mock(endpoints.password.checkResetLink, { status: 200, body: { email: ada.email } });
  mock(endpoints.sessions.list, () => ({ status: 200, body: { items: stage.sessions } }));
  mock(endpoints.passkeys.list, () => ({ status: 200, body: { items: stage.passkeys } }));
  mock(endpoints.twoFactor.get, () => ({ status: 200, body: stage.factors }));
  // The page of a sale asks.
  mock(endpoints.withdrawals.listOfSale, { status: 200, body: { items: [] } });
  // The operator's page of payments asks.
  mock(endpoints.operator.listWithdrawals, { status: 200, body: { items: [], nextCursor: null } });
  mock(endpoints.activity.list, { status: 200, body: { items: [event("user_created")], nextCursor: null } });
  mock(endpoints.shop.get, () => ({ status: 200, body: stage.site }));
  mock(endpoints.products.list, { status: 200, body: { items: [], nextCursor: null } });
  mock(endpoints.contents.list, { status: 200, body: { items: [] } });
  mock(endpoints.uploads.list, { status: 200, body: { items: [] } });
  mock(endpoints.pictures.list, { status: 200, body: { items: [] } });
  mock(endpoints.library.list, { status: 200, body: { items: [], nextCursor: null } });
  mock(endpoints.sales.getReadiness, { status: 200, body: { missing: [] } });
  mock(endpoints.sales.list, { status: 200, body: { items: [], nextCursor: null } });
  mock(endpoints.sales.summarize, {
    status: 200,
    body: recorded(endpoints.sales.summarize, "success: nothing sold"),
  });
  mock(endpoints.products.listOwn, { status: 200, body: { items: [], nextCursor: null } });
  return Object.assign(stage, { probes, logins, codes, signups, logouts });
}
