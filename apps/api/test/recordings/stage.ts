import type { Product } from "@yumroad/contract";
import { type Client, type Clock, createClock } from "@yumroad/testkit";
import { type Limits, limits, type RateLimit } from "../../src/config/limits.ts";
import { logInWithPasswordOnly, setUpTotp, type TotpSetup } from "../authenticator-app.ts";
import { proveAddress } from "../mailed-links.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type StoreKind, type TestApp } from "../test-app.ts";
import { trayKeyOf } from "../tray-key.ts";

/** Where recordings are made: servers in every state that an answer may need, and people who are there when asked for. */
export interface Stage {
  /** A shop on https that sends mail; most recordings are of it. All others have its clock, some its data. */
  app: TestApp;
  /** The same shop, to the same people: with every budget down to one try, but for what a session may write. */
  exhausted: TestApp;
  /** Where a session may write once. */
  hasty: TestApp;
  /** Without room for one more password to be looked at, while it looks at others. */
  busy: TestApp;
  /** That takes no new accounts. */
  closed: TestApp;
  /** That waits for the rest of a body for a moment only. */
  impatient: TestApp;
  /** That can't reach its session store. */
  cutOff: TestApp;
  /** A shop of its own that has no way to send mail. */
  mailless: TestApp;
  /** A shop of its own with one seller, Ada Lovelace, and three products. */
  gallery: TestApp;
  /** The local demo, with its mail tray. */
  demo: TestApp;
  /** Both with a database that fails in the way of the moment: `failing`. */
  failing: Record<"shop" | "demo", FailingApp>;
  clock: Clock;
  /** A browser that has never been there. */
  visitor(app?: TestApp): Client;
  /** Somebody new, who has just logged in. */
  someone(app?: TestApp): Promise<Person>;
  /** The same whose address is proven. */
  proven(): Promise<Person>;
  /** The same with an authenticator app. */
  careful(): Promise<Person & TotpSetup>;
  /** The same, who has given the password and owes the code. */
  halfway(): Promise<Person & TotpSetup>;
  /** Somebody whose log-in is a while ago. */
  stale: Person;
  /** Somebody for requests that change nothing: logged in, or halfway. */
  bystander: Person;
  bystanderHalfway: Person;
  /** The same person in another shop on the same data. */
  elsewhere(person: Pick<Person, "client">, app: TestApp): Client;
  newAddress(name?: "ada" | "grace"): string;
  close(): Promise<void>;
}

export interface FailingApp {
  app: TestApp;
  /** What its database and its counts throw from now on. */
  failWith(error: Error): void;
}

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
const BROWSER = { "User-Agent": FIREFOX, "X-Forwarded-For": "203.0.113.7" };
/** Whose tries nobody else has used up. */
const FAR_BROWSER = { "User-Agent": FIREFOX, "X-Forwarded-For": "198.51.100.7" };
/** A mail tray is shown to whom no proxy stands in front of, and who has its key. */
const LOCAL_BROWSER = { "User-Agent": FIREFOX };

/** As many tries as a suite likes. */
const NO_LIMITS = budgets(100_000);

function budgets(max: number): Partial<Limits> {
  const all: [string, number | RateLimit][] = Object.entries(limits);
  return Object.fromEntries(
    all.flatMap(([name, limit]) => (typeof limit === "number" ? [] : [[name, { ...limit, max }]])),
  );
}

export async function createStage(sessions: StoreKind): Promise<Stage> {
  const clock = createClock(new Date().toISOString());
  const app = await createTestApp({ sessions, mail: true, limits: NO_LIMITS, clock });
  const beside = (options: Parameters<typeof createTestApp>[0]) =>
    createTestApp({ sessions, limits: NO_LIMITS, beside: app, ...options });
  // One after the other: an app that opens a database waits, and all of its process with it, while another one does so.
  const exhausted = await beside({ limits: { ...budgets(1), writesOfSession: limits.writesOfSession } });
  const hasty = await beside({ limits: { ...NO_LIMITS, writesOfSession: { ...limits.writesOfSession, max: 1 } } });
  const busy = await beside({ limits: { ...NO_LIMITS, hashQueue: 0 }, hashCost: 13 });
  const closed = await beside({ signupMode: "closed" });
  const impatient = await beside({ limits: { ...NO_LIMITS, bodyStall: 30 } });
  const cutOff = await beside({ sessions: "lost redis" });
  // Only a closed shop looks whether there are accounts.
  const failingShop = await beside({ signupMode: "closed" });
  const mailless = await createTestApp({ clock });
  const gallery = await createTestApp({ clock });
  const demo = await createTestApp({ clock, isLocalDemo: true });
  const failingDemo = await createTestApp({ beside: demo, isLocalDemo: true });
  const others = [failingShop, failingDemo, mailless, gallery, demo, app];
  const all = [exhausted, hasty, busy, closed, impatient, cutOff, ...others];

  let people = 0;
  function newAddress(name: "ada" | "grace" = "ada"): string {
    people += 1;
    return `${name}-${people}@example.com`;
  }

  const visitor: Stage["visitor"] = (where = app) =>
    where.visitor({
      headers: where.config.isLocalDemo
        ? { ...LOCAL_BROWSER, ...trayKeyOf(where) }
        : where === exhausted
          ? FAR_BROWSER
          : BROWSER,
    });

  const someone: Stage["someone"] = async (where = app) => {
    const newcomer = { name: "Ada Lovelace", email: newAddress(), password: GOOD_PASSWORD };
    const person = await where.signUp({ client: visitor(where), ...newcomer });
    // Nobody reads the mail that welcomes them, and to send hundreds takes a while.
    if (where === app) await app.dependencies.database.fork().execute("delete from mails");
    return person;
  };

  const proven: Stage["proven"] = async () => {
    const person = await someone();
    await proveAddress(app, person);
    return person;
  };

  const careful: Stage["careful"] = async () => {
    const person = await proven();
    return { ...person, ...(await setUpTotp(app, person)) };
  };

  const halfway: Stage["halfway"] = async () => {
    const person = await careful();
    return { ...person, client: await logInWithPasswordOnly(app, person, { client: visitor() }) };
  };

  await fill(gallery, await someone(gallery));
  const stale = await someone();
  clock.advance("11m");

  return {
    app,
    exhausted,
    hasty,
    busy,
    closed,
    impatient,
    cutOff,
    mailless,
    gallery,
    demo,
    failing: { shop: failing(failingShop), demo: failing(failingDemo) },
    clock,
    visitor,
    someone,
    proven,
    careful,
    halfway,
    stale,
    bystander: await someone(),
    bystanderHalfway: await halfway(),
    elsewhere(person, where) {
      const client = visitor(where);
      client.cookies.restore(person.client.cookies.snapshot());
      return client;
    },
    newAddress,
    async close() {
      // Those beside it before the one whose data they have.
      for (const each of all) await each.close();
    },
  };
}

/** What the gallery shows, the newest first. */
async function fill(gallery: TestApp, { client }: Person): Promise<void> {
  const products = [
    { name: "Star chart", description: "To print and pin up.", price: { amount: 900, currency: "EUR" } },
    { name: "Field notes", description: "", price: { amount: 0, currency: "EUR" } },
    {
      name: "Paper moon",
      description: "A moon to **fold**, with instructions.",
      price: { amount: 1200, currency: "EUR" },
    },
  ];
  for (const json of products) {
    const answer = await client.post<Product>("/api/products", { json });
    if (answer.status !== 201) throw new Error(`The gallery at ${gallery.url} was not filled: ${answer.text}`);
  }
}

/** Lets the database and the counts of an app fail, each time that it asks them for something. */
function failing(app: TestApp): FailingApp {
  const { database, rateLimiter } = app.dependencies;
  let error = new Error("What does it fail with?");
  const fail = () => {
    throw error;
  };
  Object.assign(database, { fork: fail, read: fail, ping: fail });
  rateLimiter.consume = fail;
  return {
    app,
    failWith(given) {
      error = given;
    },
  };
}
