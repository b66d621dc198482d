import { randomBytes } from "node:crypto";
import { type BrowserContextOptions, test as base, expect, type Page, type TestInfo } from "@playwright/test";
import { whyNoRedis } from "./redis.ts";
import { errorsIn, type ProductServer, type SessionStoreName, startServer } from "./server.ts";
import { expectLoggedIn, fillSignUp, type Somebody } from "./steps.ts";
import { type Watch, watch } from "./watch.ts";

/** A browser of its own, with no cookie in it, and the page that is open. */
export interface Visitor {
  page: Page;
  /** What this browser may do beside what is expected of every one. */
  watch: Watch;
  /** Another tab of the same browser. */
  newTab(): Promise<Page>;
  /** The link that opens the mail tray, for who has seen the server start. */
  mailTray: string;
}

/** Somebody with an account, logged in. */
export interface Person extends Visitor, Somebody {}

interface WorkerOptions {
  store: SessionStoreName;
}

interface WorkerFixtures {
  /** One server for each file of journeys, so that none of them meets the limits of another. */
  serverOf(file: string): Promise<ProductServer>;
}

interface Fixtures {
  server: ProductServer;
  newVisitor(options?: BrowserContextOptions): Promise<Visitor>;
  newPerson(name?: string, options?: BrowserContextOptions): Promise<Person>;
  visitor: Visitor;
  person: Person;
}

export const test = base.extend<Fixtures, WorkerOptions & WorkerFixtures>({
  store: ["embedded", { option: true, scope: "worker" }],

  serverOf: [
    async ({ store }, use) => {
      let running: { file: string; server: ProductServer } | null = null;
      await use(async (file) => {
        if (running?.file === file) return running.server;
        await running?.server.stop();
        running = { file, server: await startServer(store) };
        return running.server;
      });
      await (running as { server: ProductServer } | null)?.server.stop();
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
      const somebody = inventSomebody(name);
      await visitor.page.goto("/signup");
      await fillSignUp(visitor.page, somebody);
      // The lesson's fixture never looked whether its log-in had worked.
      await expectLoggedIn(visitor.page, somebody);
      return { ...visitor, ...somebody };
    });
  },

  visitor: async ({ newVisitor }, use) => use(await newVisitor()),
  person: async ({ newPerson }, use) => use(await newPerson()),
});

/** Skips a journey for want of something, and says why it is not there. Where everything has to be, that is an error. */
export function skipWithout(what: string, why: string | null, testInfo: TestInfo): void {
  if (why !== null && process.env.REQUIRE_SERVICES) throw new Error(`REQUIRE_SERVICES is set, and no ${what}: ${why}`);
  testInfo.skip(why !== null, `No ${what}: ${why}`);
}

/** Somebody who has no account yet, with an address that nobody else has. */
export function inventSomebody(name = "Ada Lovelace"): Somebody {
  const unique = randomBytes(5).toString("hex");
  return { name, email: `someone-${unique}@mail.example`, password: `seven gulls ${unique}` };
}

export { expect };
