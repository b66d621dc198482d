import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCatalogExtension } from "./catalog/account-extension.ts";
import { type Config, fingerprint } from "./config/env.ts";
import { type Limits, limits as usualLimits } from "./config/limits.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { schema } from "./entities.ts";
import { type ActivityBacklog, createActivityBacklog } from "./identity/activity/record-activity.ts";
import type { NeedsSecondFactor } from "./identity/auth/login.ts";
import { createRelyingParty, type RelyingParty } from "./identity/passkeys/relying-party.ts";
import { hasConfirmedTotp } from "./identity/two-factor/queries.ts";
import { createTotp, type Totp } from "./identity/two-factor/totp.ts";
import { type AccountExtension, joinExtensions } from "./identity/users/account-extension.ts";
import { refuseOtherPeppers } from "./identity/users/refuse-other-peppers.ts";
import { type Database, openDatabase } from "./platform/db/database.ts";
import type { Worker } from "./platform/jobs/worker.ts";
import { type Clock, systemClock } from "./platform/lib/clock.ts";
import type { Logger } from "./platform/lib/logger.ts";
import { createPasswordHasher, INTERNAL_PARTY, type SharedPasswordHasher } from "./platform/lib/password-hasher.ts";
import { RedisCircuitBreaker } from "./platform/lib/redis-circuit-breaker.ts";
import { createSealedBox } from "./platform/lib/sealed-box.ts";
import { createMailTray, type MailTray } from "./platform/mail/mail-tray.ts";
import { createMailer, type Mailer } from "./platform/mail/mailer.ts";
import { MemoryRateLimiter } from "./platform/rate-limit/memory-rate-limiter.ts";
import type { RateLimiter } from "./platform/rate-limit/rate-limiter.ts";
import { RedisRateLimiter } from "./platform/rate-limit/redis-rate-limiter.ts";
import { EmbeddedSessionStore } from "./platform/sessions/embedded-session-store.ts";
import { RedisSessionStore } from "./platform/sessions/redis-session-store.ts";
import type { SessionStore } from "./platform/sessions/session-store.ts";
import { createWorkers, type Workers } from "./workers.ts";

/** Everything with a lifetime or that configures the server. Created and closed here. */
export interface Dependencies {
  config: Config;
  limits: Limits;
  clock: Clock;
  logger: Logger;
  database: Database;
  sessionStore: SessionStore;
  rateLimiter: RateLimiter;
  hasher: SharedPasswordHasher;
  activityBacklog: ActivityBacklog;
  mailer: Mailer;
  /** Null except in the local demo without SMTP. */
  mailTray: MailTray | null;
  totp: Totp;
  relyingParty: RelyingParty;
  /** Mails links to users who have forgotten their password; one of `workers`. */
  passwordResetWorker: Worker;
  workers: Workers;
  accountExtension: AccountExtension;
  needsSecondFactor: NeedsSecondFactor;
  /** Folder of the built pages. */
  webAppFolder: string;
  close(): Promise<void>;
}

/** Overrides for tests. They can't turn a guard off, only make it smaller, faster or later. */
export interface Overrides {
  clock?: Clock;
  limits?: Partial<Limits>;
  hashCost?: number;
  webAppFolder?: string;
}

/** bcrypt's cost in production. */
export const HASH_COST = 12;
const FIRST_CONNECTION_MS = 2000;
const BUILT_PAGES = join(dirname(fileURLToPath(import.meta.url)), "../../web/dist");

/** Opens and migrates the database, fills an empty one in the local demo, and connects the other services. */
export async function createDependencies(
  config: Config,
  logger: Logger,
  overrides: Overrides = {},
): Promise<Dependencies> {
  const clock = overrides.clock ?? systemClock;
  const limits = { ...usualLimits, ...overrides.limits };
  const peppers = config.passwordPeppers.map((secret) => ({ id: fingerprint(secret), secret }));
  const hasher = createPasswordHasher({
    cost: overrides.hashCost ?? HASH_COST,
    peppers,
    queueLength: limits.hashQueue,
  });

  const database = await openDatabase({ databaseUrl: config.databaseUrl, folder: config.dataDir, ...schema });
  const accountExtension = joinExtensions([createCatalogExtension(database)]);
  try {
    await database.migrate(async () => {
      await refuseOtherPeppers(database.fork(), config.passwordPeppers.map(fingerprint));
      if (config.isLocalDemo)
        await seedDemo({ em: database.fork(), hasher: hasher.forParty(INTERNAL_PARTY), clock, accountExtension });
    });
  } catch (error) {
    await database.close();
    throw error;
  }

  const gate =
    config.redisUrl === null
      ? null
      : new RedisCircuitBreaker(config.redisUrl, { patienceMs: limits.storeDeadline, logger });
  await gate?.untilConnected(FIRST_CONNECTION_MS);
  const prefix = config.redisPrefix;
  const sessionStore = gate
    ? new RedisSessionStore(gate, { clock, limits, prefix })
    : new EmbeddedSessionStore(database, { clock, limits });
  const rateLimiter = gate ? new RedisRateLimiter(gate, { clock, prefix }) : new MemoryRateLimiter(clock);
  const activityBacklog = createActivityBacklog({ database, clock });
  const mailBox = createSealedBox({ secrets: peppers, purpose: "mail" });
  const mailer = createMailer({ config, database, clock, logger, limits, box: mailBox });
  const [secret = ""] = config.sessionSecrets;
  const { publicUrl } = config;
  const mailTray =
    mailer.way === "tray" ? createMailTray({ publicUrl, secret, clock, pageMs: limits.outboxPage }) : null;
  const totpBox = createSealedBox({ secrets: peppers, purpose: "totp" });
  const totp = createTotp({ issuer: config.publicUrl.hostname, box: totpBox, clock });
  const relyingParty = createRelyingParty({
    publicUrl: config.publicUrl,
    secrets: config.sessionSecrets,
    clock,
    challengeMs: limits.passkeyChallenge,
  });
  const workers = createWorkers({
    database,
    sessionStore,
    clock,
    limits,
    logger,
    mailer,
    activityBacklog,
    accountExtension,
  });

  return {
    config,
    limits,
    clock,
    logger,
    database,
    sessionStore,
    rateLimiter,
    hasher,
    activityBacklog,
    mailer,
    mailTray,
    totp,
    relyingParty,
    passwordResetWorker: workers.passwordReset,
    workers,
    accountExtension,
    needsSecondFactor: hasConfirmedTotp,
    webAppFolder: overrides.webAppFolder ?? BUILT_PAGES,
    async close() {
      for (const worker of workers.all) await worker.close();
      await sessionStore.close();
      await gate?.close();
      await database.close();
    },
  };
}
