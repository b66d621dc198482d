import type { Product } from "@yumroad/contract";
import { type Client, type Clock, createClock, MailRefusal } from "@yumroad/testkit";
import { type Limits, limits, type RateLimit } from "../../src/config/limits.ts";
import { logInWithPasswordOnly, setUpTotp, type TotpSetup } from "../authenticator-app.ts";
import { proveAddress } from "../mailed-links.ts";
import { makeOperator } from "../operators.ts";
import { createTestApp, GOOD_PASSWORD, type Person, type StoreKind, type TestApp } from "../test-app.ts";
import { trayKeyOf } from "../tray-key.ts";

/** Fixtures of the recordings: servers in every state that an answer needs, and users made on demand. */
export interface Fixtures {
  /** A shop on https that sends mail; most recordings are of it. All others share its clock, some also its data. */
  app: TestApp;
  /** The same data, with every limit at one attempt except the writes of a session. */
  exhausted: TestApp;
  /** The same data, where a session may write once. */
  writeLimited: TestApp;
  /** The same data, where the password hasher is at its capacity and has no queue. */
  busy: TestApp;
  /** The same data, without new sign-ups. */
  closed: TestApp;
  /** The same data, without the function of withdrawal. */
  outsideOfEu: TestApp;
  /** The same data, where Stripe sells in the seller's place (Managed Payments). */
  managed: TestApp;
  /** The same data, with a short timeout for the body. */
  impatient: TestApp;
  /** The same data, with an unreachable session store. */
  cutOff: TestApp;
  /** A separate shop that can't send mail. */
  mailless: TestApp;
  /** A separate shop with one seller, Ada Lovelace, and three products. */
  gallery: TestApp;
  /** A separate shop in which only its operator sells. */
  ownStore: TestApp;
  /** The local demo with its mail tray. */
  demo: TestApp;
  /** A shop and a demo whose databases throw the error that was set by `failWith`. */
  failing: Record<"shop" | "demo", FailingApp>;
  clock: Clock;
  /** A new browser. */
  visitor(app?: TestApp): Client;
  /** A new user who has just logged in, with a store where everybody may sell. */
  newUser(app?: TestApp): Promise<Person>;
  /** A new user who operates the shop. */
  newOperator(app?: TestApp): Promise<Person>;
  /** A new user whose address is verified. */
  verifiedUser(): Promise<Person>;
  /** A verified user with an authenticator app. */
  totpUser(): Promise<Person & TotpSetup>;
  /** A user with a pending second factor. */
  pendingUser(): Promise<Person & TotpSetup>;
  /** A user who logged in a while ago. */
  stale: Person;
  /** Users for requests that change nothing: logged in, and with a pending second factor. */
  bystander: Person;
  pendingBystander: Person;
  operatorBystander: Person;
  /** An operator who logged in a while ago. */
  staleOperator: Person;
  /** A user of `ownStore` who may not sell. */
  customer: Person;
  /** The only operator of the shop that can't send mail. */
  lastOperator: Person;
  /** The same user in another shop on the same data. */
  clientAt(person: Pick<Person, "client">, app: TestApp): Client;
  newEmail(name?: "ada" | "grace"): string;
  /** An address that the mail server refuses. */
  refusedEmail: string;
  close(): Promise<void>;
}

export interface FailingApp {
  app: TestApp;
  /** Sets the error that the database and the rate limiter throw from now on. */
  failWith(error: Error): void;
}

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
const BROWSER = { "User-Agent": FIREFOX, "X-Forwarded-For": "203.0.113.7" };
/** Its limits are not used by any other browser. */
const FAR_BROWSER = { "User-Agent": FIREFOX, "X-Forwarded-For": "198.51.100.7" };
/** A mail tray is visible only without a proxy in between, and with its key. */
const LOCAL_BROWSER = { "User-Agent": FIREFOX };

/** Limits that no suite reaches. */
const NO_LIMITS = limitsWithMax(100_000);

/** Opens the user's store, by a product that is deleted again. */
async function openStore({ client }: Person): Promise<void> {
  const product = { name: "A first product", price: { amount: 100, currency: "EUR" }, status: "draft" };
  const { json } = await client.post<Product>("/api/products", { json: product });
  await client.delete(`/api/products/${json.slug}`);
}

function limitsWithMax(max: number): Partial<Limits> {
  const all: [string, number | RateLimit][] = Object.entries(limits);
  return Object.fromEntries(
    all.flatMap(([name, limit]) => (typeof limit === "number" ? [] : [[name, { ...limit, max }]])),
  );
}

const MANAGED_PAYMENTS = {
  ...{ key: "rk_live_of_a_shop", isLive: true, webhookSecrets: ["whsec_of_a_shop"] },
  ...{ tax: "managed" as const, taxCode: "txcd_10302000", apiUrl: null },
};

const REFUSED_EMAIL = "no-such-mailbox@example.com";

function refuseOne(address: string): void {
  if (address === REFUSED_EMAIL) throw new MailRefusal(550, "5.1.1 No such mailbox here");
}

export async function createFixtures(sessions: StoreKind): Promise<Fixtures> {
  const clock = createClock(new Date().toISOString());
  const app = await createTestApp({ sessions, mail: { onRecipient: refuseOne }, limits: NO_LIMITS, clock });
  const beside = (options: Parameters<typeof createTestApp>[0]) =>
    createTestApp({ sessions, limits: NO_LIMITS, beside: app, ...options });
  // Sequential, because an app that opens a database blocks the process while another one does the same.
  const exhausted = await beside({ limits: { ...limitsWithMax(1), writesOfSession: limits.writesOfSession } });
  const writeLimited = await beside({
    limits: { ...NO_LIMITS, writesOfSession: { ...limits.writesOfSession, max: 1 } },
  });
  const busy = await beside({ limits: { ...NO_LIMITS, hashQueue: 0 }, hashCost: 13 });
  const closed = await beside({ signupMode: "closed" });
  const outsideOfEu = await beside({ consumerLaw: "none" });
  const managed = await beside({ stripe: MANAGED_PAYMENTS });
  const impatient = await beside({ limits: { ...NO_LIMITS, bodyStall: 30 } });
  const cutOff = await beside({ sessions: "lost redis" });
  // Only a closed shop checks whether there are accounts.
  const failingShop = await beside({ signupMode: "closed" });
  const mailless = await createTestApp({ clock });
  const gallery = await createTestApp({ clock });
  const ownStore = await createTestApp({ clock, shopKind: "my_store" });
  // All its sellers and buyers have one address.
  const { checkoutsOfAddress = limits.checkoutsOfAddress, signups = limits.signups } = NO_LIMITS;
  const demo = await createTestApp({ clock, isLocalDemo: true, limits: { checkoutsOfAddress, signups } });
  const failingDemo = await createTestApp({ beside: demo, isLocalDemo: true });
  const others = [failingShop, failingDemo, mailless, gallery, ownStore, demo, app];
  const all = [exhausted, writeLimited, busy, closed, outsideOfEu, managed, impatient, cutOff, ...others];

  let people = 0;
  function newEmail(name: "ada" | "grace" = "ada"): string {
    people += 1;
    return `${name}-${people}@example.com`;
  }

  const visitor: Fixtures["visitor"] = (where = app) =>
    where.visitor({
      headers: where.config.isLocalDemo
        ? { ...LOCAL_BROWSER, ...trayKeyOf(where) }
        : where === exhausted
          ? FAR_BROWSER
          : BROWSER,
    });

  const newUser: Fixtures["newUser"] = async (where = app) => {
    const newcomer = { name: "Ada Lovelace", email: newEmail(), password: GOOD_PASSWORD };
    const person = await where.signUp({ client: visitor(where), ...newcomer });
    if (where.config.shopKind === "marketplace") await openStore(person);
    // The welcome mails are not read, and sending hundreds of them takes a while.
    if (where === app) await app.dependencies.database.fork().execute("delete from mails");
    return person;
  };

  const newOperator: Fixtures["newOperator"] = async (where = app) => {
    const person = await newUser(where);
    const { client: _, ...known } = await makeOperator(where, person);
    return { ...known, client: (await where.logIn(person, { client: visitor(where) })).client };
  };

  const verifiedUser: Fixtures["verifiedUser"] = async () => {
    const person = await newUser();
    await proveAddress(app, person);
    return person;
  };

  const totpUser: Fixtures["totpUser"] = async () => {
    const person = await verifiedUser();
    return { ...person, ...(await setUpTotp(app, person)) };
  };

  const pendingUser: Fixtures["pendingUser"] = async () => {
    const person = await totpUser();
    return { ...person, client: await logInWithPasswordOnly(app, person, { client: visitor() }) };
  };

  await fill(gallery, await newUser(gallery));
  const stale = await newUser();
  const staleOperator = await newOperator();
  clock.advance("11m");

  return {
    app,
    exhausted,
    writeLimited,
    busy,
    closed,
    outsideOfEu,
    managed,
    impatient,
    cutOff,
    mailless,
    gallery,
    ownStore,
    demo,
    failing: { shop: failing(failingShop), demo: failing(failingDemo) },
    clock,
    visitor,
    newUser,
    newOperator,
    verifiedUser,
    totpUser,
    pendingUser,
    stale,
    staleOperator,
    operatorBystander: await newOperator(),
    lastOperator: await newOperator(mailless),
    customer: await newUser(ownStore),
    bystander: await newUser(),
    pendingBystander: await pendingUser(),
    clientAt(person, where) {
      const client = visitor(where);
      client.cookies.restore(person.client.cookies.snapshot());
      return client;
    },
    newEmail,
    refusedEmail: REFUSED_EMAIL,
    async close() {
      // Apps that share data close before the app that owns it.
      for (const each of all) await each.close();
    },
  };
}

/** Adds the gallery's products, the oldest first. */
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

/** Makes every access to an app's database and rate limiter throw. */
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
