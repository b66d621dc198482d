import { randomBytes } from "node:crypto";
import { type BrowserContextOptions, test as base, expect, type Page, type TestInfo } from "@playwright/test";
import { whyNoRedis } from "./redis.ts";
import { errorsIn, type RestartableServer, type SessionStoreName, startServer } from "./server.ts";
import { expectLoggedIn, fillSignup, type Identity } from "./steps.ts";
import { type Watch, watch } from "./watch.ts";

/** A new browser without cookies, and its open page. */
export interface Visitor {
  page: Page;
  /** Errors that this browser may have, in addition to the expected ones. */
  watch: Watch;
  /** Opens another tab of the same browser. */
  newTab(): Promise<Page>;
  /** The link that opens the mail tray, as the server printed it. */
  mailTray: string;
}

/** A logged-in user with an account. */
export interface Person extends Visitor, Identity {}

interface WorkerOptions {
  store: SessionStoreName;
}

interface WorkerFixtures {
  /** One server for each file of journeys, so that they do not share limits. */
  serverOf(file: string): Promise<RestartableServer>;
}

interface Fixtures {
  server: RestartableServer;
  newVisitor(options?: BrowserContextOptions): Promise<Visitor>;
  newPerson(name?: string, options?: BrowserContextOptions): Promise<Person>;
  visitor: Visitor;
  person: Person;
}

export const test = base.extend<Fixtures, WorkerOptions & WorkerFixtures>({
  store: ["embedded", { option: true, scope: "worker" }],

  serverOf: [
    async ({ store }, use) => {
      let running: { file: string; server: RestartableServer } | null = null;
      await use(async (file) => {
        if (running?.file === file) return running.server;
        await running?.server.stop();
        running = { file, server: await startServer(store) };
        return running.server;
      });
      await (running as { server: RestartableServer } | null)?.server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  server: async ({ serverOf, store }, use, testInfo) => {
    skipWithout("Redis", store === "redis" ? await whyNoRedis() : null, testInfo);
    const server = await serverOf(testInfo.file);
    const logBefore = server.log().length;
    await use(server);
    expect(server.isRunning(), `The server has died:\n${server.log().slice(-2000)}`).toBe(true);
    expect(errorsIn(server.log().slice(logBefore)), "The server logged errors").toEqual([]);
  },

  newVisitor: async ({ browser, server }, use) => {
    const closing: (() => Promise<string[]>)[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: server.url, locale: "en-GB", ...options });
      const watching = watch(context, server.url);
      closing.push(async () => {
        await context.close();
        return watching.complaints();
      });
      return {
        page: await context.newPage(),
        watch: watching,
        newTab: () => context.newPage(),
        mailTray: server.mailTray ?? "",
      };
    });
    const complaints = (await Promise.all(closing.map((close) => close()))).flat();
    expect(complaints, "Something happened in a browser that nobody expected").toEqual([]);
  },

  newPerson: async ({ newVisitor }, use) => {
    await use(async (name = "Ada Lovelace", options) => {
      const visitor = await newVisitor(options);
      const identity = createIdentity(name);
      await visitor.page.goto("/signup");
      await fillSignup(visitor.page, identity);
      // The lesson's fixture never checked that its login had worked.
      await expectLoggedIn(visitor.page, identity);
      return { ...visitor, ...identity };
    });
  },

  visitor: async ({ newVisitor }, use) => use(await newVisitor()),
  person: async ({ newPerson }, use) => use(await newPerson()),
});

/** Skips a journey that lacks something, with the reason. When all services are required, this is an error. */
export function skipWithout(what: string, why: string | null, testInfo: TestInfo): void {
  if (why !== null && process.env.REQUIRE_SERVICES) throw new Error(`REQUIRE_SERVICES is set, and no ${what}: ${why}`);
  testInfo.skip(why !== null, `No ${what}: ${why}`);
}

/** Data of a user without an account, with a unique address. */
export function createIdentity(name = "Ada Lovelace"): Identity {
  const unique = randomBytes(5).toString("hex");
  return { name, email: `someone-${unique}@mail.example`, password: `seven gulls ${unique}` };
}

export { expect };
