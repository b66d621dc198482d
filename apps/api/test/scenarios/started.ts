import { randomBytes } from "node:crypto";
import { createMailReader, type Pairing, type VisitorOptions } from "@yumroad/scenarios";
import { type Client, createMailbox, createTcpFaults, type TcpFaults, toMilliseconds } from "@yumroad/testkit";
import { schema } from "../../src/entities.ts";
import { openDatabase } from "../../src/platform/db/database.ts";
import { createContractClient } from "../contract-client.ts";
import { deleteKeys } from "../redis-keys.ts";
import { redisUrl } from "../services.ts";
import { createTestDatabase } from "../test-database.ts";
import { createAddresses, missing, together } from "./environment-parts.ts";
import type { RunningEnvironment } from "./in-process.ts";
import { runCommand, startServer } from "./started-server.ts";

const PUBLIC_URL = "https://shop.example";
/** Mails are sent at once; the password reset worker runs within a second. */
const SETTLE_MS = 1500;

/** The shop as a production process that knows only its settings; two processes if there is Redis. */
export async function openStarted(pairing: Pairing): Promise<RunningEnvironment> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    return { ...(await open(pairing, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(pairing: Pairing, closing: (() => Promise<unknown>)[]): Promise<Omit<RunningEnvironment, "close">> {
  const testDatabase = await createTestDatabase(pairing.database);
  closing.push(() => testDatabase.remove());
  const mailbox = await createMailbox();
  closing.push(() => mailbox.close());
  const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;

  let redis: [TcpFaults, TcpFaults] | null = null;
  let postgres: TcpFaults | null = null;
  const settings: Record<string, string> = {
    PUBLIC_URL,
    DATA_DIR: testDatabase.folder,
    SHOP_KIND: "marketplace",
    SESSION_SECRET: "a session secret of tests that is long enough",
    PASSWORD_PEPPER: "a password pepper of tests that is long enough",
    SMTP_URL: mailbox.url,
    MAIL_FROM: "The shop <mail@shop.example>",
    TRUST_PROXY: "1",
  };
  if (testDatabase.databaseUrl !== null) {
    const faults = await createTcpFaults(testDatabase.databaseUrl);
    closing.push(() => faults.close());
    postgres = faults;
    settings.DATABASE_URL = faults.url;
  }
  if (pairing.sessions === "redis") {
    if (redisUrl === null) throw new Error("Redis is not there: this run should have been skipped");
    const faults: [TcpFaults, TcpFaults] = [await createTcpFaults(redisUrl), await createTcpFaults(redisUrl)];
    closing.push(
      () => Promise.all(faults.map((one) => one.close())),
      () => deleteKeys(prefix),
    );
    redis = faults;
    Object.assign(settings, { REDIS_URL: faults[0].url, REDIS_PREFIX: prefix });
  }

  const first = await startServer(settings);
  closing.push(() => first.stop());
  const second = redis ? await startServer({ ...settings, REDIS_URL: redis[1].url }) : null;
  if (second) closing.push(() => second.stop());

  let offset = 0;
  const now = () => Date.now() + offset;
  const nextAddress = createAddresses();

  function visitor({ address = nextAddress(), headers, process: which, ...options }: VisitorOptions = {}): Client {
    const server = which === "second" ? second : first;
    if (!server) throw new Error("A second process needs Redis");
    return createContractClient({
      url: server.url,
      publicUrl: PUBLIC_URL,
      behindTlsProxy: true,
      now,
      headers: { "X-Forwarded-For": address, ...headers },
      ...options,
    });
  }

  return {
    pairing,
    visitor,
    clock: {
      now,
      async advance(by) {
        offset += toMilliseconds(by);
        await Promise.all([first, second].map((server) => server?.moveClock(offset)));
      },
    },
    mail: createMailReader(mailbox, { settleMs: SETTLE_MS }),
    log: () => first.log() + (second?.log() ?? ""),
    operate: (command, email) => runCommand(["user", command, email], settings, offset),
    redis: redis ? together(...redis) : missing("Redis"),
    postgres: postgres ?? missing("Postgres"),
    async loseSessions() {
      if (pairing.sessions === "redis") return deleteKeys(prefix);
      const database = await openDatabase({ ...testDatabase, ...schema });
      await database.fork().execute("delete from sessions");
      await database.close();
    },
  };
}
