import { randomBytes } from "node:crypto";
import type { LiveSession, SessionState, User } from "@yumroad/contract";
import {
  type Client,
  type ClientOptions,
  type Clock,
  createClock,
  createLogCapture,
  createTcpFaults,
  type LogCapture,
  listen,
  type MailboxOptions,
  type TcpFaults,
} from "@yumroad/testkit";
import { createApp } from "../src/app.ts";
import type { Config } from "../src/config/env.ts";
import type { Limits } from "../src/config/limits.ts";
import { createDependencies, type Dependencies } from "../src/dependencies.ts";
import { createHttpServer } from "../src/platform/http/http-server.ts";
import { createLogger } from "../src/platform/lib/logger.ts";
import { type AppMailbox, openAppMailbox } from "./app-mailbox.ts";
import { createContractClient } from "./contract-client.ts";
import { deleteKeys } from "./redis-keys.ts";
import { redisUrl } from "./services.ts";
import { defaultStore, type StoreKind } from "./store-kinds.ts";
import { createTestDatabase, databaseKind } from "./test-database.ts";

export { canRunOn, describeOnEachStore, named, type StoreKind, storeKinds } from "./store-kinds.ts";

export interface TestAppOptions {
  /** The store of this test run by default. `lost redis` is an unreachable Redis; it needs no real one. */
  sessions?: StoreKind | "lost redis";
  /** URL of Redis, when it is not the tests' usual one (with another user, for example). */
  redisUrl?: string;
  publicUrl?: string;
  trustProxy?: Config["trustProxy"];
  sessionSecrets?: string[];
  limits?: Partial<Limits>;
  hashCost?: number;
  webAppFolder?: string;
  signupMode?: Config["signupMode"];
  /** The kind of a new shop; a marketplace if left out, so that everybody may sell. */
  shopKind?: Config["shopKind"];
  /** The EU's if left out. */
  consumerLaw?: Config["consumerLaw"];
  /** The server itself if left out. */
  sendFiles?: Config["sendFiles"];
  /** Starts a mail server for this app (`app.mailbox`), with these options. */
  mail?: boolean | MailboxOptions;
  /** Payments by Stripe. */
  stripe?: Config["stripe"];
  /** A local demo: plain http on a loopback name and address, with demo data. */
  isLocalDemo?: boolean;
  /** Makes this app another process on the same data: folder, clock, key prefix and mail server. */
  beside?: TestApp;
  /** A clock shared with other apps. */
  clock?: Clock;
  /** Puts data in place before the server opens it. */
  prepare?(config: Config): Promise<void>;
}

export interface Person {
  client: Client;
  user: User;
  email: string;
  password: string;
}

export interface TestApp {
  url: string;
  clock: Clock;
  logs: LogCapture;
  dependencies: Dependencies;
  config: Config;
  /** Faults between this app and Redis; throws for the embedded store. */
  redisFaults: TcpFaults;
  /** Faults between this app and Postgres; throws for SQLite. */
  databaseFaults: TcpFaults;
  /** Throws for an app that sends no mail. */
  mailbox: AppMailbox;
  /** Deletes every session behind the server's back, as when a store loses its data. */
  emptySessionStore(): Promise<void>;
  /** A new browser. */
  visitor(options?: Partial<ClientOptions>): Client;
  /** A new user, logged in by a real sign-up that is checked. */
  signUp(person?: {
    name?: string;
    email?: string;
    password?: string;
    remember?: boolean;
    client?: Client;
  }): Promise<Person>;
  /** Logs a user in through the real endpoint, in a new browser unless one is given, and checks that it worked. */
  logIn(person: Pick<Person, "email" | "password">, options?: { client?: Client; remember?: boolean }): Promise<Person>;
  close(): Promise<void>;
}

/** A password that passes every rule. */
export const GOOD_PASSWORD = "plum jam on the windowsill";

let people = 0;

/** A complete server with an empty database, its own Redis keys, cheap hashes and a movable clock. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { sessions = defaultStore, isLocalDemo = false, beside } = options;
  const testDatabase = beside ? null : await createTestDatabase(databaseKind, { isFast: true });
  const clock = beside?.clock ?? options.clock ?? createClock(new Date().toISOString());
  const logs = createLogCapture();
  const storeUrl = sessions === "lost redis" ? "redis://127.0.0.1:6379" : (options.redisUrl ?? redisUrl);
  const faults = sessions === "embedded" ? null : await faultsInFrontOf(storeUrl);
  if (sessions === "lost redis") await faults?.kill();
  const databaseUrl = testDatabase ? testDatabase.databaseUrl : (beside?.config.databaseUrl ?? null);
  const databaseFaults = testDatabase?.databaseUrl ? await faultsInFrontOf(testDatabase.databaseUrl) : null;
  const mailbox = await mailboxOf(options, async () => {
    await dependencies.passwordResetWorker.run();
    await dependencies.mailer.worker.run();
  });
  const config: Config = {
    port: 0,
    host: "127.0.0.1",
    publicUrl: new URL(options.publicUrl ?? (isLocalDemo ? "http://localhost:3000" : "https://shop.example")),
    dataDir: testDatabase?.folder ?? beside?.config.dataDir ?? "",
    databaseUrl: databaseFaults?.url ?? databaseUrl,
    redisUrl: faults?.url ?? null,
    redisPrefix: beside?.config.redisPrefix ?? `yumroad-test-${randomBytes(6).toString("hex")}:`,
    sessionSecrets: options.sessionSecrets ?? ["a session secret of tests that is long enough"],
    passwordPeppers: ["a password pepper of tests that is long enough"],
    smtp: mailbox?.smtp ?? null,
    stripe: options.stripe ?? beside?.config.stripe ?? null,
    signupMode: options.signupMode ?? "instant",
    shopKind: options.shopKind ?? "marketplace",
    consumerLaw: options.consumerLaw ?? "eu",
    sendFiles: options.sendFiles ?? "node",
    trustProxy: options.trustProxy ?? 1,
    logLevel: "info",
    isLocalDemo,
  };
  await options.prepare?.(config);
  const dependencies = await createDependencies(config, createLogger("info", logs), {
    clock,
    limits: options.limits ?? {},
    hashCost: options.hashCost ?? 4,
    ...(options.webAppFolder !== undefined && { webAppFolder: options.webAppFolder }),
    ownUrl: () => server.url,
    // Tests of sales begin with none.
    hasDemoOrders: false,
  });
  const server = await listen(createHttpServer(createApp(dependencies)));

  const visitor: TestApp["visitor"] = (clientOptions) =>
    createContractClient({
      url: server.url,
      publicUrl: config.publicUrl.origin,
      behindTlsProxy: config.publicUrl.protocol === "https:",
      now: () => clock.now(),
      ...clientOptions,
    });

  return {
    url: server.url,
    clock,
    logs,
    dependencies,
    config,
    get redisFaults() {
      if (!faults) throw new Error("This app runs on the embedded store");
      return faults;
    },
    get databaseFaults() {
      if (!databaseFaults) throw new Error("This app runs on SQLite");
      return databaseFaults;
    },
    get mailbox() {
      if (!mailbox) throw new Error("This app sends no mail: createTestApp({ mail: true })");
      return mailbox;
    },
    async emptySessionStore() {
      if (sessions === "redis") await deleteKeys(config.redisPrefix);
      else await dependencies.database.fork().execute("delete from sessions");
    },
    visitor,

    async signUp({ client = visitor(), remember, ...given } = {}) {
      people += 1;
      const person = {
        name: `Person ${people}`,
        email: `person-${people}@example.com`,
        password: GOOD_PASSWORD,
        ...given,
      };
      const json = { ...person, ...(remember !== undefined && { remember }) };
      const answer = await client.post<LiveSession>("/api/auth/signup", { json });
      if (answer.status !== 201) throw new Error(`The sign-up answered ${answer.status}: ${answer.text}`);
      const user = await assertLoggedIn(client, person.email);
      return { client, user, email: person.email, password: person.password };
    },

    async logIn({ email, password }, { client = visitor(), remember } = {}) {
      const answer = await client.post("/api/auth/login", {
        json: { email, password, ...(remember !== undefined && { remember }) },
      });
      if (answer.status !== 200) throw new Error(`The log-in answered ${answer.status}: ${answer.text}`);
      return { client, user: await assertLoggedIn(client, email), email, password };
    },

    async close() {
      await server.close();
      await dependencies.close();
      await faults?.close();
      await databaseFaults?.close();
      if (beside) return;
      await mailbox?.close();
      await testDatabase?.remove();
      if (sessions === "redis") await deleteKeys(config.redisPrefix);
    },
  };
}

/** The logged-in user of a client, or null. */
export async function whoIs(client: Client): Promise<User | null> {
  const { json } = await client.get<SessionState>("/api/auth/session");
  return json.user;
}

async function assertLoggedIn(client: Client, email: string): Promise<User> {
  const user = await whoIs(client);
  if (user?.email.toLowerCase() !== email.trim().toLowerCase()) throw new Error(`${email} was not logged in after all`);
  return user;
}

async function mailboxOf(
  { mail = false, beside }: TestAppOptions,
  deliverDue: () => Promise<void>,
): Promise<AppMailbox | null> {
  if (beside) return beside.config.smtp && beside.mailbox;
  return mail === false ? null : openAppMailbox(mail === true ? {} : mail, deliverDue);
}

async function faultsInFrontOf(url: string | null): Promise<TcpFaults> {
  if (url === null) throw new Error("The service is not there: this suite should have been skipped");
  return createTcpFaults(url);
}
