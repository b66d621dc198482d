import { createMailReader, type Pairing, type TestEnvironment, type VisitorOptions } from "@yumroad/scenarios";
import type { Client } from "@yumroad/testkit";
import { accountNamed, userCommands } from "../../src/cli/user-commands.ts";
import { createTestApp, type TestApp } from "../test-app.ts";
import { databaseKind } from "../test-database.ts";
import { createAddresses, missing, together } from "./environment-parts.ts";
import { hasBuiltPages, standInPages } from "./pages.ts";

/** High enough that a skipped hash shows in the duration, and low enough for hundreds of logins. */
const HASH_COST = 8;

export interface RunningEnvironment extends TestEnvironment {
  close(): Promise<void>;
}

/** The shop in this process, on the database of this test run, with a clock that stands still. */
export async function openInProcess({ sessions }: Pick<Pairing, "sessions">): Promise<RunningEnvironment> {
  const pages = hasBuiltPages() ? null : standInPages();
  const options = { sessions, hashCost: HASH_COST, ...(pages && { webAppFolder: pages.path }) };
  const app = await createTestApp({ ...options, mail: true });
  let second: TestApp | null = null;
  if (sessions === "redis") second = await createTestApp({ ...options, beside: app });
  // As in production. Without it, waiting for one mail would deliver all unread ones first.
  app.dependencies.mailer.worker.start();
  const nextAddress = createAddresses();

  function visitor({ address = nextAddress(), headers, process: which, ...options }: VisitorOptions = {}): Client {
    const server = which === "second" ? second : app;
    if (!server) throw new Error("A second process needs Redis");
    return server.visitor({ headers: { "X-Forwarded-For": address, ...headers }, ...options });
  }

  return {
    pairing: { database: databaseKind, sessions },
    visitor,
    clock: { now: app.clock.now, advance: async (by) => app.clock.advance(by) },
    mail: createMailReader(app.mailbox.server, { deliver: () => deliverDue(app) }),
    log: () => app.logs.text + (second?.logs.text ?? ""),
    async operate(command, email) {
      const run = userCommands[command];
      if (!run) throw new Error(`There is no command “${command}”`);
      return run(app.dependencies, await accountNamed(app.dependencies, email));
    },
    redis: second ? together(app.redisFaults, second.redisFaults) : missing("Redis"),
    postgres: databaseKind === "postgres" ? app.databaseFaults : missing("Postgres"),
    loseSessions: app.emptySessionStore,
    async close() {
      await second?.close();
      await app.close();
      pages?.remove();
    },
  };
}

async function deliverDue({ dependencies }: TestApp): Promise<void> {
  await dependencies.passwordResetWorker.run();
  await dependencies.mailer.worker.run();
}
