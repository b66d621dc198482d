import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Product, SessionState } from "@yumroad/contract";
import type { Client, StoredCookie } from "@yumroad/testkit";
import { browserAt } from "./server-process.ts";

const PASSWORD = "plum jam on the windowsill";
const price = { amount: 100, currency: "EUR" };

/**
 * Pause before retrying a broken connection, as a person would; otherwise a starting process gets a thousand retries.
 */
const AFTER_NO_ANSWER_MS = 50;
/** Every fourth visit uses a new browser, and every second one of those stays logged in. */
const NEW_BROWSER_EVERY = 4;
/** Far below an account's limits (`productsOfAccount`, `sessionsPerAccount`), which the workload must not reach. */
const MOST_PRODUCTS = 120;
const MOST_OPEN = 20;
/**
 * Number of browsers in which a seller renames by turns, each below the writes that a session has in a minute
 * (`writesOfSession`).
 */
const EDITORS = 5;
const EDITED_EVERY_MS = 250;
/** Time in which every seller has logged in and out elsewhere, on a busy machine. */
const ALL_VISIT_WITHIN_MS = 30_000;

/** The result of one request. Status 0 means a connection without an answer. `at` and `tookMs` are milliseconds. */
export interface Outcome {
  what: "who am I" | "create" | "rename" | "log in" | "log out" | "browse";
  at: number;
  tookMs: number;
  status: number;
}

/** Violations that an audit found; each list is empty when all is well. */
export interface Audit {
  /** Acknowledged writes that are missing. */
  lost: string[];
  /** Sessions that belonged to another user, or survived an acknowledged logout. */
  strangers: string[];
  /** Acknowledged logins that were lost although nothing had ended them. */
  loggedOut: string[];
}

/** Counts of the work that the server has acknowledged. */
export interface Acknowledged {
  /** Products created and renamed. */
  writes: number;
  logins: number;
  /** The audit tries each of these sessions again. */
  logouts: number;
}

/** A workload of several users, with a record of everything that the server acknowledged to them. */
export interface Workload {
  outcomes: Outcome[];
  /** Counts so far. */
  acknowledged: Readonly<Acknowledged>;
  start(): void;
  stop(): Promise<void>;
  /** Resolves when every seller has logged in and out elsewhere once more. Rejects when that takes too long. */
  allVisit(): Promise<void>;
  /** The cookies of each open session that the workload does not log out. */
  openSessions(): StoredCookie[][];
  /** Counts the given sessions that are logged out. Rejects when the server does not say. */
  countEnded(sessions: readonly StoredCookie[][]): Promise<number>;
  /** Checks on a healthy server that every acknowledged write is there. The workload must have stopped. */
  audit(): Promise<Audit>;
}

interface Seller {
  name: string;
  email: string;
  client: Client;
  /** Another browser, which the account already knows. */
  known: Client;
  /** Browsers for renaming, and the time at which each may rename again. */
  editors: { client: Client; freeAt: number }[];
  visits: number;
  /** By slug: the last acknowledged name, and names whose write had no answer and may have succeeded. */
  products: Map<string, { acknowledged: string; maybe: Set<string> }>;
  /** Sessions in other browsers whose logout was acknowledged. */
  ended: StoredCookie[][];
  /** Browsers that stay logged in. */
  open: Client[];
}

/**
 * Signs up `people` sellers. Each asks for its session, creates and renames products, and logs in and out in known and
 * new browsers, while an anonymous visitor browses. All of it runs concurrently, each request as soon as the previous
 * one is answered.
 *
 * @example
 * const workload = await createWorkload({ port, people: 3 });
 * workload.start();
 * await server.stop("SIGKILL");
 * await server.start();
 * await workload.stop();
 * expect(await workload.audit()).toEqual({ lost: [], strangers: [], loggedOut: [] });
 */
export async function createWorkload({ port, people }: { port: number; people: number }): Promise<Workload> {
  const browser = (from: string) => browserAt(port, from);
  const outcomes: Outcome[] = [];
  const strangers: string[] = [];
  const lostSessions: string[] = [];
  let isStopped = true;
  let work: Promise<void>[] = [];
  const acknowledged: Acknowledged = { writes: 0, logins: 0, logouts: 0 };

  const sellers: Seller[] = [];
  for (let number = 1; number <= people; number += 1) {
    const name = `Seller ${number}`;
    const email = `seller-${number}-${randomBytes(4).toString("hex")}@example.com`;
    const client = browser(`203.0.113.${number}`);
    const { status, text } = await client.post("/api/auth/signup", { json: { name, email, password: PASSWORD } });
    if (status !== 201) throw new Error(`A sign-up answered ${status}: ${text}`);
    const known = browser(`203.0.113.${100 + number}`);
    const editors = Array.from({ length: EDITORS }, () => ({ client: browser(randomIpAddress()), freeAt: 0 }));
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
    acknowledged.logins += 1;
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
    // A new address each time: a user has five attempts at one, and a login that broke off has used an attempt.
    const client = isNew ? browser(randomIpAddress()) : seller.known;
    if (!(await logIn(seller, client))) return;
    if ((await whoAmI(seller, client)) !== seller.email) return;
    if (visit % (2 * NEW_BROWSER_EVERY) === 0 && seller.open.length < MOST_OPEN) {
      seller.open.push(client);
      return;
    }
    const cookies = client.cookies.snapshot();
    const answer = await ask("log out", () => client.post("/api/auth/logout"));
    if (answer?.status !== 204) return;
    acknowledged.logouts += 1;
    seller.ended.push(cookies);
  }

  /** The address of a session's user, seen from a browser with nothing but that session; null when it is logged out. */
  async function ownerOf(session: StoredCookie[]): Promise<string | null> {
    const replayed = browser("203.0.113.200");
    replayed.cookies.restore(session);
    const { status, json } = await replayed.get<SessionState>("/api/auth/session");
    // Any other answer has no user either, but says nothing about the session.
    if (status !== 200) throw new Error(`Whose a session is was answered ${status}`);
    return json.user?.email ?? null;
  }

  async function repeatUntilStopped(step: () => Promise<void>): Promise<void> {
    while (!isStopped) {
      await step();
      await sleep(5);
    }
  }

  return {
    outcomes,
    acknowledged,
    start() {
      isStopped = false;
      const stranger = browser("203.0.113.250");
      work = [
        repeatUntilStopped(async () => void (await ask("browse", () => stranger.get("/api/products")))),
        ...sellers.flatMap((seller) => [
          repeatUntilStopped(async () => {
            // A store that lost its data has lost the session, so the seller logs in again.
            if ((await whoAmI(seller, seller.client)) === null) await logIn(seller, seller.client);
          }),
          repeatUntilStopped(() => create(seller)),
          repeatUntilStopped(() => rename(seller)),
          repeatUntilStopped(() => visitElsewhere(seller)),
        ]),
      ];
    },
    async stop() {
      isStopped = true;
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
      for (const session of sessions) if ((await ownerOf(session)) === null) ended += 1;
      return ended;
    },
    async audit() {
      const found: Audit = { lost: [], strangers, loggedOut: lostSessions };
      for (const seller of sellers) {
        for (const client of [seller.client, ...seller.open]) {
          if ((await whoAmI(seller, client)) === undefined) throw new Error(`Nobody can tell who ${seller.email} is`);
        }
        // The seller may have been logged out by the fault.
        if ((await whoAmI(seller, seller.client)) === null && !(await logIn(seller, seller.client)))
          throw new Error(`${seller.email} can't log in any more`);
        const kept = await ownProducts(seller.client);
        for (const [slug, { acknowledged: name, maybe }] of seller.products) {
          const is = kept.get(slug);
          if (is !== name && !maybe.has(is ?? "")) found.lost.push(`${slug}: “${name}” is ${is ?? "not there"}`);
        }
        for (const session of seller.ended.splice(0)) {
          const email = await ownerOf(session);
          if (email !== null) found.strangers.push(`A session of ${email} lives after its log-out`);
        }
      }
      return found;
    },
  };
}

/** An IP address that is rarely used twice. */
function randomIpAddress(): string {
  return `198.51.100.${1 + Math.floor(Math.random() * 250)}`;
}

/** The names of the logged-in user's products, by slug. */
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
