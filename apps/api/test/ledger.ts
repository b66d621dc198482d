import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product, SessionState } from "@yumroad/contract";
import type { Client, StoredCookie } from "@yumroad/testkit";
import { browserAt } from "./server-process.ts";

const PASSWORD = "plum jam on the windowsill";
const price = { amount: 100, currency: "EUR" };

/** A connection that broke is tried again as a person would, not a thousand times while a process starts. */
const AFTER_NO_ANSWER_MS = 50;
/** Of so many visits elsewhere one is in a browser that has never been there, and every second of these stays logged in. */
const NEW_BROWSER_EVERY = 4;
/** Far below the limits of an account (`productsOfAccount`, `sessionsPerAccount`), which nobody is to meet here. */
const MOST_PRODUCTS = 120;
const MOST_OPEN = 20;
/** As many browsers of a seller rename in turn, each below what a session may write in a minute (`writesOfSession`). */
const EDITORS = 5;
const EDITED_EVERY_MS = 250;
/** In which each has logged in and out elsewhere, on a machine that has much else to do. */
const ALL_VISIT_WITHIN_MS = 30_000;

/** What one request came to. Status 0 is a connection without an answer. `at` and `tookMs` in milliseconds. */
export interface Outcome {
  what: "who am I" | "create" | "rename" | "log in" | "log out" | "browse";
  at: number;
  tookMs: number;
  status: number;
}

/** What an audit finds wrong: each list is empty when all is well. */
export interface Audit {
  /** Acknowledged writes that are not there. */
  lost: string[];
  /** Sessions that were somebody else's, or alive after an acknowledged log-out. */
  strangers: string[];
  /** Acknowledged log-ins that were found dead at any time, although nobody ended them. */
  loggedOut: string[];
}

/** What a server has said that it did. */
export interface Acknowledged {
  /** Products listed and renamed. */
  writes: number;
  logIns: number;
  /** Each of these sessions is tried again by the audit. */
  logOuts: number;
}

/** The load of some people who use a server, and the book of what it has acknowledged to them. */
export interface Ledger {
  outcomes: Outcome[];
  /** So far. */
  acknowledged: Readonly<Acknowledged>;
  start(): void;
  stop(): Promise<void>;
  /** Until everybody has logged in and out elsewhere once more. Rejects when that takes too long. */
  allVisit(): Promise<void>;
  /** The cookies of each session that is open and that nobody logs out. */
  openSessions(): StoredCookie[][];
  /** How many of these sessions are nobody's any more. Rejects when the server does not say. */
  countEnded(sessions: readonly StoredCookie[][]): Promise<number>;
  /** Looks through a healthy server whether each acknowledged write is there. Only when the load has stopped. */
  audit(): Promise<Audit>;
}

interface Seller {
  name: string;
  email: string;
  client: Client;
  /** Another browser, in which they have logged in before. */
  known: Client;
  /** Browsers in which they rename, and when they may again. */
  editors: { client: Client; freeAt: number }[];
  visits: number;
  /** By slug: the name that was acknowledged last, and names that may be there since their answer never came. */
  products: Map<string, { acknowledged: string; maybe: Set<string> }>;
  /** A session in another browser that was logged out, with an answer that said so. */
  ended: StoredCookie[][];
  /** Browsers in which they stayed logged in. */
  open: Client[];
}

/**
 * Signs up `people` at a server and makes them ready to work: each asks who they are, lists and renames products, logs
 * in and out in other browsers, known and new, and a stranger browses; all at once, each as soon as the answer before has come.
 *
 * @example
 * const ledger = await openLedger({ port, people: 3 });
 * ledger.start();
 * await server.stop("SIGKILL");
 * await server.start();
 * await ledger.stop();
 * expect(await ledger.audit()).toEqual({ lost: [], strangers: [], loggedOut: [] });
 */
export async function openLedger({ port, people }: { port: number; people: number }): Promise<Ledger> {
  const browser = (from: string) => browserAt(port, from);
  const outcomes: Outcome[] = [];
  const strangers: string[] = [];
  const lostSessions: string[] = [];
  let isOver = true;
  let work: Promise<void>[] = [];
  const acknowledged: Acknowledged = { writes: 0, logIns: 0, logOuts: 0 };

  const sellers: Seller[] = [];
  for (let number = 1; number <= people; number += 1) {
    const name = `Seller ${number}`;
    const email = `seller-${number}-${randomBytes(4).toString("hex")}@example.com`;
    const client = browser(`203.0.113.${number}`);
    const { status, text } = await client.post("/api/auth/signup", { json: { name, email, password: PASSWORD } });
    if (status !== 201) throw new Error(`A sign-up answered ${status}: ${text}`);
    const known = browser(`203.0.113.${100 + number}`);
    const editors = Array.from({ length: EDITORS }, () => ({ client: browser(somewhere()), freeAt: 0 }));
    const seller = { name, email, client, known, editors, visits: 0, products: new Map(), ended: [], open: [] };
    for (const each of [known, ...editors.map((editor) => editor.client)]) {
      if (!(await logIn(seller, each))) throw new Error(`${email} can't log in`);
    }
    sellers.push(seller);
  }

  /** The answer, or null when the connection broke. */
  async function ask(what: Outcome["what"], call: () => ReturnType<Client["get"]>) {
    const at = performance.now();
    try {
      const answer = await call();
      outcomes.push({ what, at, tookMs: performance.now() - at, status: answer.status });
      return answer;
    } catch {
      outcomes.push({ what, at, tookMs: performance.now() - at, status: 0 });
      await sleep(AFTER_NO_ANSWER_MS);
      return null;
    }
  }

  async function whoAmI({ email }: Seller, client: Client): Promise<string | null | undefined> {
    const answer = await ask("who am I", () => client.get("/api/auth/session"));
    if (answer?.status !== 200) return undefined;
    const seen = (answer.json as SessionState).user?.email ?? null;
    if (seen !== null && seen !== email) strangers.push(`${email} was ${seen}`);
    if (seen === null) lostSessions.push(`${email}, at ${new Date().toISOString()}`);
    return seen;
  }

  async function logIn({ email }: Seller, client: Client): Promise<boolean> {
    const answer = await ask("log in", () => client.post("/api/auth/login", { json: { email, password: PASSWORD } }));
    if (answer?.status !== 200) return false;
    acknowledged.logIns += 1;
    return true;
  }

  async function create(seller: Seller): Promise<void> {
    if (seller.products.size >= MOST_PRODUCTS) return;
    const name = `Made by ${seller.name}, ${randomBytes(6).toString("hex")}`;
    const answer = await ask("create", () => seller.client.post("/api/products", { json: { name, price } }));
    if (answer?.status !== 201) return;
    acknowledged.writes += 1;
    seller.products.set((answer.json as Product).slug, { acknowledged: name, maybe: new Set() });
  }

  async function rename(seller: Seller): Promise<void> {
    const slugs = [...seller.products.keys()];
    const slug = slugs[Math.floor(Math.random() * slugs.length)];
    const product = slug === undefined ? undefined : seller.products.get(slug);
    const editor = seller.editors.find(({ freeAt }) => freeAt <= performance.now());
    if (!product || !editor) return;
    const name = `Renamed by ${seller.name}, ${randomBytes(6).toString("hex")}`;
    const version = await ask("who am I", () => editor.client.get(`/api/me/products/${slug}`));
    if (version?.status === 401) await logIn(seller, editor.client);
    if (version?.status !== 200) return;
    product.maybe.add(name);
    editor.freeAt = performance.now() + EDITED_EVERY_MS;
    const headers = { "If-Match": String(version.headers.etag) };
    const answer = await ask("rename", () => editor.client.patch(`/api/products/${slug}`, { json: { name }, headers }));
    if (answer === null || answer.status >= 500) return;
    product.maybe.delete(name);
    if (answer.status !== 200) return;
    acknowledged.writes += 1;
    product.acknowledged = name;
    product.maybe.clear();
  }

  async function visitElsewhere(seller: Seller): Promise<void> {
    const visit = seller.visits++;
    const isNew = visit % NEW_BROWSER_EVERY === 0;
    // From another address each time: a person has five tries at one, and a log-in that broke off has used up one.
    const client = isNew ? browser(somewhere()) : seller.known;
    if (!(await logIn(seller, client))) return;
    if ((await whoAmI(seller, client)) !== seller.email) return;
    if (visit % (2 * NEW_BROWSER_EVERY) === 0 && seller.open.length < MOST_OPEN) {
      seller.open.push(client);
      return;
    }
    const cookies = client.cookies.snapshot();
    const answer = await ask("log out", () => client.post("/api/auth/logout"));
    if (answer?.status !== 204) return;
    acknowledged.logOuts += 1;
    seller.ended.push(cookies);
  }

  /** The address of the person whose session it is, in a browser that has nothing else; null when it is nobody's. */
  async function whoseIs(session: StoredCookie[]): Promise<string | null> {
    const replayed = browser("203.0.113.200");
    replayed.cookies.restore(session);
    const { status, json } = await replayed.get<SessionState>("/api/auth/session");
    // Any other answer has no person in it either, and says nothing of the session.
    if (status !== 200) throw new Error(`Whose a session is was answered ${status}`);
    return json.user?.email ?? null;
  }

  async function untilOver(turn: () => Promise<void>): Promise<void> {
    while (!isOver) {
      await turn();
      await sleep(5);
    }
  }

  return {
    outcomes,
    acknowledged,
    start() {
      isOver = false;
      const stranger = browser("203.0.113.250");
      work = [
        untilOver(async () => void (await ask("browse", () => stranger.get("/api/products")))),
        ...sellers.flatMap((seller) => [
          untilOver(async () => {
            // A store that lost its data has lost the session: whoever is out logs in again.
            if ((await whoAmI(seller, seller.client)) === null) await logIn(seller, seller.client);
          }),
          untilOver(() => create(seller)),
          untilOver(() => rename(seller)),
          untilOver(() => visitElsewhere(seller)),
        ]),
      ];
    },
    async stop() {
      isOver = true;
      await Promise.all(work);
    },
    async allVisit() {
      const before = sellers.map(({ ended }) => ended.length);
      const giveUpAt = performance.now() + ALL_VISIT_WITHIN_MS;
      while (sellers.some(({ ended }, index) => ended.length === before[index])) {
        if (performance.now() > giveUpAt) throw new Error("Somebody could not log in and out elsewhere");
        await sleep(5);
      }
    },
    openSessions: () =>
      sellers.flatMap(({ client, open }) => [client, ...open].map(({ cookies }) => cookies.snapshot())),
    async countEnded(sessions) {
      let ended = 0;
      for (const session of sessions) if ((await whoseIs(session)) === null) ended += 1;
      return ended;
    },
    async audit() {
      const found: Audit = { lost: [], strangers, loggedOut: lostSessions };
      for (const seller of sellers) {
        for (const client of [seller.client, ...seller.open]) {
          if ((await whoAmI(seller, client)) === undefined) throw new Error(`Nobody can tell who ${seller.email} is`);
        }
        // Somebody who found themselves logged out, as they may be.
        if ((await whoAmI(seller, seller.client)) === null && !(await logIn(seller, seller.client)))
          throw new Error(`${seller.email} can't log in any more`);
        const kept = await ownProducts(seller.client);
        for (const [slug, { acknowledged: name, maybe }] of seller.products) {
          const is = kept.get(slug);
          if (is !== name && !maybe.has(is ?? "")) found.lost.push(`${slug}: “${name}” is ${is ?? "not there"}`);
        }
        for (const session of seller.ended.splice(0)) {
          const email = await whoseIs(session);
          if (email !== null) found.strangers.push(`A session of ${email} lives after its log-out`);
        }
      }
      return found;
    },
  };
}

/** An address that hardly anybody else has. */
function somewhere(): string {
  return `198.51.100.${1 + Math.floor(Math.random() * 250)}`;
}

/** All products of whoever is logged in, by slug: their names. */
export async function ownProducts(client: Client): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const path: string = `/api/me/products?limit=100&cursor=${cursor}`;
    const { json } = await client.get<{ items: Product[]; nextCursor: string | null }>(path);
    for (const { slug, name } of json.items) names.set(slug, name);
    cursor = json.nextCursor;
  }
  return names;
}
