import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ShopKind } from "@yumroad/contract";
import { createCatalogExtension } from "./catalog/account-extension.ts";
import { listContentTitles } from "./catalog/contents/queries.ts";
import { listShownPictures } from "./catalog/pictures/queries.ts";
import type { AwaitingPayment } from "./catalog/products/delete-product.ts";
import type { ListContentTitles, ListShownPictures } from "./catalog/products/routes.ts";
import { createUploadLocker, type UploadLocker } from "./catalog/uploads/upload-locker.ts";
import { type Config, fingerprint } from "./config/env.ts";
import { type Limits, limits as usualLimits } from "./config/limits.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import { seedDemoOrders } from "./demo/seed-demo-orders.ts";
import { schema } from "./entities.ts";
import { type ActivityBacklog, createActivityBacklog } from "./identity/activity/record-activity.ts";
import type { NeedsSecondFactor } from "./identity/auth/login.ts";
import { createRelyingParty, type RelyingParty } from "./identity/passkeys/relying-party.ts";
import { hasConfirmedTotp } from "./identity/two-factor/queries.ts";
import { createTotp, type Totp } from "./identity/two-factor/totp.ts";
import { type AccountExtension, joinExtensions } from "./identity/users/account-extension.ts";
import { hasAccounts } from "./identity/users/queries.ts";
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
import { createDiskStorage } from "./platform/storage/create-disk-storage.ts";
import { createMediaFolder, type MediaFolder } from "./platform/storage/create-media-folder.ts";
import type { FileStorage } from "./platform/storage/file-storage.ts";
import { createSalesExtension } from "./sales/account-extension.ts";
import { createPayments } from "./sales/create-payments.ts";
import type { FindMissingForSale } from "./sales/orders/find-missing-for-sale.ts";
import { isAwaitingPayment } from "./sales/orders/is-awaiting-payment.ts";
import type { ProviderFor } from "./sales/payments/choose-provider.ts";
import type { DemoProvider } from "./sales/payments/demo-provider.ts";
import type { PaymentProviders } from "./sales/payments/payment-provider.ts";
import { readShopNames } from "./shop/read-shop-settings.ts";
import { initializeShopKind } from "./shop/shop-kind.ts";
import { createWorkers, type Workers } from "./workers.ts";

/**
 * The parts of the server that are configured or have to be closed. `createDependencies` creates them, `close` closes
 * them.
 */
export interface Dependencies {
  config: Config;
  limits: Limits;
  clock: Clock;
  logger: Logger;
  database: Database;
  sessionStore: SessionStore;
  rateLimiter: RateLimiter;
  /** The bytes of uploads and files. */
  fileStorage: FileStorage;
  uploadLocker: UploadLocker;
  /** The sizes of pictures. */
  mediaFolder: MediaFolder;
  hasher: SharedPasswordHasher;
  activityBacklog: ActivityBacklog;
  mailer: Mailer;
  /** The page with the mails that are not sent; null except in the local demo without SMTP. */
  mailTray: MailTray | null;
  totp: Totp;
  relyingParty: RelyingParty;
  /** Mails a link to users who have forgotten their password. Also one of `workers`. */
  passwordResetWorker: Worker;
  /** Mails links to purchases that were asked for. Also one of `workers`. */
  purchaseLinkWorker: Worker;
  /** Confirms statements of withdrawal. Also one of `workers`. */
  withdrawalWorker: Worker;
  /** Does jobs: checks new files. Also one of `workers`. */
  jobWorker: Worker;
  workers: Workers;
  accountExtension: AccountExtension;
  isAwaitingPayment: AwaitingPayment;
  listContentTitles: ListContentTitles;
  listShownPictures: ListShownPictures;
  needsSecondFactor: NeedsSecondFactor;
  payments: PaymentProviders;
  /** The provider that takes payments for a product; null: none can. */
  providerFor: ProviderFor;
  findMissingForSale: FindMissingForSale;
  /** Null except in the local demo. */
  demoProvider: DemoProvider | null;
  /** Folder of the built web app. */
  webAppFolder: string;
  close(): Promise<void>;
}

/** Overrides for tests. They can change the size or timing of a protection but can't turn a protection off. */
export interface Overrides {
  clock?: Clock;
  limits?: Partial<Limits>;
  hashCost?: number;
  webAppFolder?: string;
  /** The address of this process, if it is not the configured one. */
  ownUrl?: () => string;
  /** False: the demo's stores have no orders at first. */
  hasDemoOrders?: boolean;
}

/** bcrypt's cost in production. */
export const HASH_COST = 12;
const FIRST_CONNECTION_MS = 2000;
const BUILT_PAGES = join(dirname(fileURLToPath(import.meta.url)), "../../web/dist");

/** The parts that are created first, because the remaining ones need them. */
interface Base {
  config: Config;
  logger: Logger;
  clock: Clock;
  limits: Limits;
  hasher: SharedPasswordHasher;
  peppers: { id: string; secret: string }[];
  hasDemoOrders: boolean;
}

/** Opens and migrates the database, fills an empty database in the local demo, and connects the other services. */
export async function createDependencies(
  config: Config,
  logger: Logger,
  overrides: Overrides = {},
): Promise<Dependencies> {
  const clock = overrides.clock ?? systemClock;
  const limits = { ...usualLimits, ...overrides.limits };
  const peppers = config.passwordPeppers.map((secret) => ({ id: fingerprint(secret), secret }));
  const cost = overrides.hashCost ?? HASH_COST;
  const hasher = createPasswordHasher({ cost, peppers, queueLength: limits.hashQueue });
  const parts = { config, logger, clock, limits, hasher };
  const base = { ...parts, peppers, hasDemoOrders: overrides.hasDemoOrders ?? true };

  const fileStorage = await createDiskStorage(config.dataDir);
  const { database, accountExtension } = await openMigrated(base, fileStorage);
  const { sessionStore, rateLimiter, closeStores } = await openStores(base, database);
  const activityBacklog = createActivityBacklog({ database, clock });
  const { mailer, mailTray } = createMail(base, database);
  // The peppers are left out, because every handler can read the returned settings.
  const uploadLocker = createUploadLocker({ database, clock });
  const mediaFolder = await createMediaFolder(config.dataDir);
  const stored = { ...parts, database, sessionStore, fileStorage, mediaFolder, uploadLocker };
  const shared = { ...stored, mailer, activityBacklog, accountExtension };
  const sales = await createPayments({ ...parts, database, mailer, ...overrides });
  const workers = createWorkers({ ...shared, ...sales, rateLimiter });

  return {
    ...shared,
    ...sales,
    rateLimiter,
    mailTray,
    ...createFactors(base),
    passwordResetWorker: workers.passwordReset,
    purchaseLinkWorker: workers.purchaseLinks,
    withdrawalWorker: workers.withdrawals,
    jobWorker: workers.jobs,
    workers,
    isAwaitingPayment,
    listContentTitles,
    listShownPictures,
    needsSecondFactor: hasConfirmedTotp,
    webAppFolder: overrides.webAppFolder ?? BUILT_PAGES,
    async close() {
      for (const worker of workers.all) await worker.close();
      await closeStores();
      await database.close();
    },
  };
}

async function openMigrated({ config, hasher, clock, hasDemoOrders }: Base, fileStorage: FileStorage) {
  const database = await openDatabase({ databaseUrl: config.databaseUrl, folder: config.dataDir, ...schema });
  const accountExtension = joinExtensions([createCatalogExtension(database), createSalesExtension(database)]);
  try {
    await database.migrate(async () => {
      await refuseOtherPeppers(database.fork(), config.passwordPeppers.map(fingerprint));
      await decideShopKind(database, config.shopKind);
      if (!config.isLocalDemo) return;
      const em = database.fork();
      await seedDemo({ em, hasher: hasher.forParty(INTERNAL_PARTY), clock, accountExtension, fileStorage });
      if (hasDemoOrders) await seedDemoOrders({ em, clock, publicUrl: config.publicUrl });
    });
  } catch (error) {
    await database.close();
    throw error;
  }
  return { database, accountExtension };
}

/** Decides at the first start of what kind the shop is. A shop with accounts has been a marketplace so far and stays one. */
async function decideShopKind(database: Database, wanted: ShopKind): Promise<void> {
  const kind = (await hasAccounts(database.fork())) ? "marketplace" : wanted;
  await initializeShopKind(database.fork(), kind);
}

/**
 * Creates the session store and the rate limiter. With `REDIS_URL`, both use Redis; without it, sessions are stored in
 * the database and rate limits in memory.
 */
async function openStores({ config, clock, limits, logger }: Base, database: Database) {
  const { redisUrl, redisPrefix: prefix } = config;
  if (redisUrl === null) {
    const sessionStore = new EmbeddedSessionStore(database, { clock, limits });
    return { sessionStore, rateLimiter: new MemoryRateLimiter(clock), closeStores: () => sessionStore.close() };
  }
  const redis = new RedisCircuitBreaker(redisUrl, { patienceMs: limits.storeDeadline, logger });
  await redis.untilConnected(FIRST_CONNECTION_MS);
  const sessionStore = new RedisSessionStore(redis, { clock, limits, prefix });
  const rateLimiter = new RedisRateLimiter(redis, { clock, prefix });
  return {
    sessionStore,
    rateLimiter,
    async closeStores() {
      await sessionStore.close();
      await redis.close();
    },
  };
}

function createMail({ config, clock, logger, limits, peppers }: Base, database: Database) {
  const { publicUrl, sessionSecrets } = config;
  const box = createSealedBox({ secrets: peppers, purpose: "mail" });
  const mailer = createMailer({ config, database, clock, logger, limits, box, readNames: readShopNames });
  const [secret = ""] = sessionSecrets;
  const trayOptions = { publicUrl, secret, clock, pageMs: limits.outboxPage };
  return { mailer, mailTray: mailer.way === "tray" ? createMailTray(trayOptions) : null };
}

function createFactors({ config, clock, limits, peppers }: Base) {
  const { publicUrl, sessionSecrets: secrets } = config;
  const box = createSealedBox({ secrets: peppers, purpose: "totp" });
  return {
    totp: createTotp({ box, clock }),
    relyingParty: createRelyingParty({ publicUrl, secrets, clock, challengeMs: limits.passkeyChallenge }),
  };
}
