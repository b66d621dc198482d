import { checkFile } from "./catalog/files/check-file.ts";
import { checkSizes } from "./catalog/files/check-sizes.ts";
import { preparePicture } from "./catalog/pictures/prepare-picture.ts";
import { sweepUploads } from "./catalog/uploads/sweep-uploads.ts";
import type { UploadLocker } from "./catalog/uploads/upload-locker.ts";
import type { Limits } from "./config/limits.ts";
import { deleteOldActivity } from "./identity/activity/delete-old-activity.ts";
import type { ActivityBacklog } from "./identity/activity/record-activity.ts";
import { sendPasswordResets } from "./identity/password/send-password-resets.ts";
import { deleteDueAccounts } from "./identity/privacy/delete-due-accounts.ts";
import { deleteOldTokens } from "./identity/tokens/delete-old-tokens.ts";
import type { AccountExtension } from "./identity/users/account-extension.ts";
import type { Database } from "./platform/db/database.ts";
import { runJobs } from "./platform/jobs/run-jobs.ts";
import { createSweep } from "./platform/jobs/sweep.ts";
import { createWorker, idleWorker, type Worker } from "./platform/jobs/worker.ts";
import type { Clock } from "./platform/lib/clock.ts";
import type { Logger } from "./platform/lib/logger.ts";
import { deleteOldMails, deleteOldMailTexts } from "./platform/mail/delete-old-mails.ts";
import type { Mailer } from "./platform/mail/mailer.ts";
import type { RateLimiter } from "./platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "./platform/sessions/session-store.ts";
import type { MediaFolder } from "./platform/storage/create-media-folder.ts";
import type { FileStorage } from "./platform/storage/file-storage.ts";
import { deleteOldDownloads, deleteReplacedVersions } from "./sales/downloads/delete-old-downloads.ts";
import { checkDueOrders } from "./sales/orders/check-due-orders.ts";
import { deleteOldEmailChanges } from "./sales/orders/delete-old-email-changes.ts";
import { deleteOldPayments } from "./sales/payments/delete-old-payments.ts";
import type { DemoProvider } from "./sales/payments/demo-provider.ts";
import type { PaymentProviders } from "./sales/payments/payment-provider.ts";
import { deleteOldPurchaseLinks } from "./sales/purchases/delete-old-purchase-links.ts";
import { sendPurchaseLinks } from "./sales/purchases/send-purchase-links.ts";
import { finishRefunds } from "./sales/sales/finish-refunds.ts";
import { lookAtNewPayments } from "./sales/sales/look-at-new-payments.ts";
import { findMissedNews } from "./sales/webhooks/find-missed-news.ts";
import { answerWithdrawals } from "./sales/withdrawals/answer-withdrawals.ts";
import { deleteOldWithdrawals } from "./sales/withdrawals/delete-old-withdrawals.ts";

interface WorkersOptions {
  database: Database;
  sessionStore: SessionStore;
  clock: Clock;
  limits: Limits;
  logger: Logger;
  rateLimiter: RateLimiter;
  mailer: Mailer;
  fileStorage: FileStorage;
  uploadLocker: UploadLocker;
  mediaFolder: MediaFolder;
  activityBacklog: ActivityBacklog;
  accountExtension: AccountExtension;
  payments: PaymentProviders;
  demoProvider: DemoProvider | null;
  config: { publicUrl: URL };
}

/**
 * Background jobs. The server starts and closes every job in `all`, and tests flush each of them. To delete another
 * kind of old data, add an entry to `chores`.
 */
export interface Workers {
  /** Mails links that give access to an account again, after a forgotten password or a lockout. */
  passwordReset: Worker;
  /** Deletes expired data. */
  sweep: Worker;
  /** Asks about orders whose payment may have arrived unheard. */
  orderCheck: Worker;
  /** Goes on with refunds that are not done. Apart from the orders, so that none waits for their provider. */
  refunds: Worker;
  /** Looks at the refunds and disputes of payments that were just found. */
  newPayments: Worker;
  /** Looks for refunds and disputes of which no webhook has come. */
  missedNews: Worker;
  /** Mails links to purchases that were asked for. Also one of `all`. */
  purchaseLinks: Worker;
  /** Confirms statements of withdrawal, and tells sellers of them. Also one of `all`. */
  withdrawals: Worker;
  /** Does jobs: checks new files. Also one of `all`. */
  jobs: Worker;
  /** Looks once a day if the bytes of all files are there. */
  fileCheck: Worker;
  /**
   * Every worker in the order of closing. The one that sends mails is last: workers before it create mails, and a slow
   * mail server must not keep the others from finishing.
   */
  all: readonly Worker[];
}

const SWEEP_EVERY_MS = 10 * 60_000;
const FILE_CHECK_EVERY_MS = 24 * 60 * 60_000;
const MISSED_NEWS_EVERY_MS = 60 * 60_000;

export function createWorkers(options: WorkersOptions): Workers {
  const { limits, logger, mailer, activityBacklog } = options;
  const passwordReset = createWorker((isStopping) => sendPasswordResets(options, isStopping), {
    everyMs: limits.recoveryPoll,
    hesitateMs: limits.recoveryDelay,
    logger,
    complaint: "could not look after forgotten passwords",
  });
  const sweep = createSweepWorker(options);
  const purchaseLinks = createWorker((isStopping) => sendPurchaseLinks(options, isStopping), {
    everyMs: limits.recoveryPoll,
    logger,
    complaint: "could not look after links to purchases",
  });
  const withdrawals = createWorker((isStopping) => answerWithdrawals(options, isStopping), {
    everyMs: limits.recoveryPoll,
    logger,
    complaint: "could not look after withdrawals",
  });
  const ofPayments = createPaymentWorkers(options);
  const jobs = createJobWorker(options);
  const fileCheck = createWorker((isStopping) => checkSizes(options, isStopping), {
    everyMs: FILE_CHECK_EVERY_MS,
    logger,
    complaint: "could not look after files",
  });
  const demoWebhooks = options.demoProvider?.worker ?? idleWorker;
  const activityWriter = { ...idleWorker, run: activityBacklog.finish, close: activityBacklog.finish };
  return {
    passwordReset,
    sweep,
    ...ofPayments,
    purchaseLinks,
    withdrawals,
    jobs,
    fileCheck,
    all: [
      ...[passwordReset, purchaseLinks, withdrawals, sweep, demoWebhooks],
      ...[...Object.values(ofPayments), jobs, fileCheck, activityWriter, mailer.worker],
    ],
  };
}

/** The jobs that ask providers of payments, each apart, so that none waits for another's provider. */
function createPaymentWorkers(options: WorkersOptions) {
  const { limits, logger } = options;
  const orderCheck = createWorker((isStopping) => checkDueOrders(options, isStopping), {
    everyMs: limits.orderPoll,
    logger,
    complaint: "could not look after the orders",
  });
  const refunds = createWorker((isStopping) => finishRefunds(options, isStopping), {
    everyMs: limits.orderPoll,
    logger,
    complaint: "could not look after the refunds",
  });
  const newPayments = createWorker((isStopping) => lookAtNewPayments(options, isStopping), {
    everyMs: limits.orderPoll,
    logger,
    complaint: "could not look at the new payments",
  });
  const missedNews = createWorker((isStopping) => findMissedNews(options, isStopping), {
    everyMs: MISSED_NEWS_EVERY_MS,
    logger,
    complaint: "could not look for missed webhooks",
  });
  return { orderCheck, refunds, newPayments, missedNews };
}

function createSweepWorker(options: WorkersOptions): Worker {
  const { database, sessionStore, clock, limits, logger } = options;
  const before = (age: number) => new Date(clock.now() - age);
  const oldDownloads = () => ({
    notUsedSince: before(limits.downloadIdle),
    begunBefore: before(limits.downloadsKept),
  });
  const chores = [
    ["old sessions", () => sessionStore.sweep()],
    ["old mails", () => deleteOldMails(database.fork(), before(limits.mailKept))],
    ["old texts of mails", () => deleteOldMailTexts(database.fork(), before(limits.mailTextKept))],
    ["old links", () => deleteOldTokens(database.fork(), before(limits.mailedTokenKept))],
    ["old activity", () => deleteOldActivity(database.fork(), before(limits.activityKept))],
    ["old payments", () => deleteOldPayments(database.fork(), before(limits.paymentEventsKept))],
    ["old links to purchases", () => deleteOldPurchaseLinks(database.fork(), before(limits.mailedTokenKept))],
    ["old changes of orders' emails", () => deleteOldEmailChanges(database.fork(), before(limits.mailedTokenKept))],
    ["old withdrawals", () => deleteOldWithdrawals(database.fork(), before(limits.withdrawalsKept))],
    ["old downloads", () => deleteOldDownloads(database.fork(), oldDownloads())],
    ["replaced files", () => deleteReplacedVersions(database.fork(), before(limits.downloadIdle))],
    ["accounts to be deleted", () => deleteDueAccounts(options)],
    ["uploads", () => sweepUploads(options)],
  ] as const;
  return createWorker(createSweep(chores, logger), {
    everyMs: SWEEP_EVERY_MS,
    logger,
    complaint: "could not sweep",
  });
}

function createJobWorker(options: WorkersOptions): Worker {
  const { limits, logger } = options;
  const jobHandlers = {
    check_file: (id: string, isStopping: () => boolean) => checkFile(options, id, isStopping),
    prepare_picture: (id: string) => preparePicture(options, id),
  };
  return createWorker((isStopping) => runJobs({ ...options, jobHandlers }, isStopping), {
    everyMs: limits.jobPoll,
    logger,
    complaint: "could not look after jobs",
  });
}
