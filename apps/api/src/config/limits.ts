const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** At most `max` uses in a window of `windowMs` milliseconds. The window begins with the first use. */
export interface RateLimit {
  max: number;
  windowMs: number;
}

/**
 * Every limit of the server, by name. Times are in milliseconds, sizes in bytes.
 * `docs/limits.md` lists the same limits for operators; a test compares the two.
 */
export const limits = {
  /** Idle and absolute lifetime of a session (OWASP ASVS 5.0.0, 7.3.1 and 7.3.2). */
  sessionIdle: DAY,
  sessionAbsolute: 7 * DAY,
  rememberedSessionIdle: 14 * DAY,
  rememberedSessionAbsolute: 30 * DAY,
  /** Minimum time between two renewals of a session in use. */
  sessionRenewal: MINUTE,
  /** Maximum number of sessions per account; a further one ends the oldest. Pending sessions are counted apart. */
  sessionsPerAccount: 50,
  pendingSessionsPerAccount: 20,
  /**
   * Maximum time between the password and the second factor. After this time the login starts again with the password.
   */
  pendingSession: 10 * MINUTE,
  /** Time after a proof of identity in which the user may make changes that could take the account over (R69). */
  freshness: 10 * MINUTE,
  /** Lifetime of the cookie of a known browser, and maximum number of accounts in the cookie. */
  knownBrowserCookie: 180 * DAY,
  knownBrowserAccounts: 10,
  /** Maximum number of known browsers per account; a further one replaces the oldest. */
  knownBrowsersPerAccount: 5,

  /**
   * Wrong passwords (ASVS 6.3.1): for one account from one IP address, for one account from anywhere, and from one IP
   * address for any account.
   */
  wrongPasswordsFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongPasswordsForAccount: { max: 50, windowMs: DAY },
  wrongPasswordsOfAddress: { max: 100, windowMs: HOUR },
  /**
   * Wrong passwords for one account from one of its known browsers, in place of the three limits above, so that
   * strangers can't lock the owner out.
   */
  wrongPasswordsFromKnownBrowser: { max: 10, windowMs: 15 * MINUTE },
  /**
   * Wrong codes of an authenticator app and wrong recovery codes (ASVS 6.5.5): for one account from one IP address, and
   * for one account from anywhere.
   */
  wrongCodesFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongCodesForAccount: { max: 20, windowMs: DAY },
  /**
   * Passwords that one browser may try after opening a mailed link, if strangers have used up the limits of the
   * account. Codes may be tried as often, and are counted apart.
   */
  triesByLink: { max: 5, windowMs: HOUR },
  /**
   * Mails that tell the owner of an account that a limit of tries is used up. Wrong passwords, right passwords and
   * codes are counted apart.
   */
  lockoutMails: { max: 1, windowMs: DAY },
  /**
   * Right passwords, limited because each costs a hash. `loginsOfAccount`: for one account, from all unknown browsers
   * together and from each known browser. `loginsOfAddress`: from the unknown browsers of one IP address.
   */
  loginsOfAccount: { max: 60, windowMs: HOUR },
  loginsOfAddress: { max: 300, windowMs: HOUR },
  /** Rejected passkeys per IP address, and requests for the options of a login with a passkey per IP address. */
  wrongPasskeysOfAddress: { max: 100, windowMs: HOUR },
  passkeyOptions: { max: 300, windowMs: 5 * MINUTE },
  /** Time in which a passkey challenge has to be answered. */
  passkeyChallenge: 5 * MINUTE,
  passkeysPerAccount: 20,
  /** Accounts created from one IP address. */
  signups: { max: 60, windowMs: HOUR },
  /**
   * Sign-ups from one IP address that were told that the email has an account. Without this limit a client could find
   * out which emails have accounts.
   */
  takenSignups: { max: 60, windowMs: HOUR },

  /**
   * Time for which a process reserves a mail to send it, and timeout of the mail server. The timeout is shorter, so
   * that two processes never send the same mail at once.
   */
  mailLease: 3 * MINUTE,
  mailSend: MINUTE,
  /** Mails that one process sends at once. */
  mailsAtOnce: 4,
  /** Time that a mail which is being sent has left when the server closes; then it is sent again after the next start. */
  mailDrain: 2 * SECOND,
  /** Interval of polling the outbox for due mails. A process sends its own mails at once, without polling. */
  mailPoll: 5 * SECOND,
  /** Time after which the server gives up a mail that could not be sent. */
  mailPatience: DAY,
  /** Time for which the recipient and dates of a mail are kept; its text is deleted once it is sent. */
  mailKept: 30 * DAY,
  /** Time for which the text of a mail that was given up is kept, so that an operator can have it sent after all. */
  mailTextKept: 7 * DAY,
  /** Lifetime of the temporary address under which the local demo's mail tray shows a mail in a frame. */
  outboxPage: 10 * MINUTE,
  /**
   * Lifetime of a mailed link, except for the two kinds below. `mailedTokenKept`: time for which a link's row is kept
   * after that.
   */
  mailedToken: HOUR,
  /**
   * Lifetime of the link that undoes a change of email: a day, because an intruder may act at an hour when the owner is
   * away.
   */
  undoEmailChange: DAY,
  /**
   * Lifetime of the link that allows tries after a lockout: a day, because the next such mail is sent a day later at
   * the earliest (`lockoutMails`). The link is no login: the password is still required.
   */
  unlockLink: DAY,
  /** Maximum number of valid links of one kind per account, for links that anybody can request. */
  liveLinks: 3,
  mailedTokenKept: 30 * DAY,
  /** Mails of one kind that anybody can trigger to one email address. */
  askedMails: { max: 1, windowMs: 5 * MINUTE },
  /** Mails to an unverified email address about logins from new browsers. */
  unknownLoginMails: { max: 3, windowMs: DAY },
  /** Requests for a password reset, and uses of invalid links, per IP address. */
  recoveriesOfAddress: { max: 60, windowMs: HOUR },
  wrongLinksOfAddress: { max: 100, windowMs: HOUR },
  /** Changes of email that one account can request. */
  emailChanges: { max: 10, windowMs: DAY },
  /**
   * All writes of one session, so that it can't occupy the database. Counted per session, because with a limit per
   * account a stolen session would use up the owner's limit.
   */
  writesOfSession: { max: 300, windowMs: MINUTE },
  /**
   * Changes of the name, password and factors, and requests for deletion, per account. Failed attempts count too, as
   * each may leave a mail or a row.
   */
  profileChanges: { max: 30, windowMs: DAY },
  passwordChanges: { max: 30, windowMs: DAY },
  factorChanges: { max: 50, windowMs: DAY },
  deletionsAsked: { max: 30, windowMs: DAY },
  /** Mails that an operator sends again, each at once. */
  mailRetries: { max: 300, windowMs: HOUR },
  /** Checks by an operator, of waiting payments and of the setup: each asks the payment providers, up to twenty times. */
  paymentChecks: { max: 30, windowMs: HOUR },
  /** Changes of a store by its owner, and changes of its handle: the former handle stays with the store. */
  storeChanges: { max: 30, windowMs: DAY },
  handleChanges: { max: 3, windowMs: 30 * DAY },
  /** Changes of how buyers pay a store: each is a mail. */
  payInstructionsChanges: { max: 30, windowMs: DAY },
  /** Products and stores that one operator takes down: each is a mail to the owner. */
  takeDowns: { max: 500, windowMs: DAY },
  /** Products that one account creates, and changes of products by one account. */
  productsOfAccount: { max: 200, windowMs: DAY },
  productChanges: { max: 5000, windowMs: DAY },
  contentChanges: { max: 500, windowMs: DAY },
  /**
   * Uploads that an account begins; bytes of a file, uploads of a store at once, bytes of all files of a store, and free
   * bytes that uploads leave on the disk.
   */
  uploadsBegun: { max: 500, windowMs: DAY },
  fileSize: 20_000_000_000,
  uploadsOfStore: 20,
  bytesOfStore: 50_000_000_000,
  freeSpaceKept: 1_000_000_000,
  /** Parts of uploads that an account sends. They are counted apart from `writesOfSession`. */
  uploadParts: { max: 1500, windowMs: MINUTE },
  /** Largest part of an upload, maximum time for one to arrive, and maximum pause of its sender. */
  uploadPart: 16_777_216,
  uploadPartTime: 4 * MINUTE,
  uploadStall: 30 * SECOND,
  /** How long an upload that is not finished is kept. */
  uploadKept: 7 * DAY,
  /** How often jobs are looked for that another process has left behind. */
  jobPoll: 5 * SECOND,
  /**
   * Downloads that are begun of one order, the time in which one has to be begun, the time without use after which it
   * ends, the maximum time of one answer, and open answers per purchase.
   */
  downloadsBegun: { max: 100, windowMs: HOUR },
  downloadBegin: 10 * MINUTE,
  downloadIdle: 7 * DAY,
  downloadTime: DAY,
  openDownloads: 6,
  /** How long downloads are counted for the seller. */
  downloadsKept: 180 * DAY,
  discountChanges: { max: 200, windowMs: DAY },
  /** Test mails that an operator sends to themselves, and timeout of the mail server for one. */
  testMails: { max: 5, windowMs: HOUR },
  testMailSend: 15 * SECOND,
  /**
   * Checkouts begun from one IP address, and for one email: each leaves an order and asks the payment provider. The
   * account that has verified the email has limits of its own.
   */
  checkoutsOfAddress: { max: 30, windowMs: HOUR },
  checkoutsForEmail: { max: 10, windowMs: DAY },
  /** Discount codes that were refused, from one IP address: a bound on guessing them. */
  wrongDiscountsOfAddress: { max: 60, windowMs: HOUR },
  /** The same attempt to order, sent again: after a lost answer, or to pay once more after a declined payment. */
  checkoutsAgain: { max: 30, windowMs: HOUR },
  /** Orders of free products for one email: each is a mail. */
  freeOrdersForEmail: { max: 3, windowMs: DAY },
  /** Mails with payment instructions to one email, from all orders and stores together. */
  howToPayMails: { max: 3, windowMs: DAY },
  /** Refunds, changes of access and marks as paid by one seller: each leaves a row or a mail. */
  saleChanges: { max: 1000, windowMs: DAY },
  /** Refunds of one order, and mails about refunds to one email: a seller can make up orders for a stranger. */
  refundsOfOrder: { max: 20, windowMs: DAY },
  refundMails: { max: 10, windowMs: DAY },
  /** Receipts of one order that are mailed again, and corrections of its email. */
  receiptsOfOrder: { max: 5, windowMs: DAY },
  orderEmailChanges: { max: 3, windowMs: DAY },
  /**
   * Both together for one email, whatever its orders, and from one IP address: anybody can order for a stranger. Paid and
   * free orders, each store's seller, and the account that has verified the email count apart.
   */
  orderMailsForEmail: { max: 10, windowMs: DAY },
  orderMailsOfAddress: { max: 60, windowMs: HOUR },
  /** Questions about one order to the payment provider. */
  orderChecks: { max: 60, windowMs: 5 * MINUTE },
  /** The same of one address, about any orders: a provider bounds how often a shop may ask. */
  orderChecksOfAddress: { max: 300, windowMs: 5 * MINUTE },
  /** Statements of withdrawal from one IP address. */
  withdrawalsOfAddress: { max: 10, windowMs: HOUR },
  /** Mails that confirm statements to one email; those about one order count apart. */
  withdrawalMails: { max: 3, windowMs: DAY },
  /** Notices of statements to one seller, about orders that cost nothing, and to the operators, about unknown orders. */
  withdrawalNotices: { max: 20, windowMs: DAY },
  /** Time for which statements of withdrawal are kept that belong to no order. */
  withdrawalsKept: 3 * 365 * DAY,
  /** Webhooks from one IP address that no payment provider has signed. */
  wrongWebhooksOfAddress: { max: 100, windowMs: HOUR },
  /** Time for which received webhooks are kept, and ended payments of the local demo. */
  paymentEventsKept: 180 * DAY,
  /** Interval of looking for orders whose payment may have arrived unheard. */
  orderPoll: 30 * SECOND,
  /** Maximum random delay before a requested password reset is processed, and interval of polling for requests. */
  recoveryDelay: SECOND,
  recoveryPoll: 5 * SECOND,

  /** Events of one kind that are stored per account; further events are only logged. */
  activityOfKind: { max: 100, windowMs: DAY },
  /** Time for which events are kept on the owner's activity page. */
  activityKept: 180 * DAY,
  /** Data exports per account: each export reads everything stored about the user. */
  exports: { max: 5, windowMs: HOUR },
  /** Exports of sales per account, and so at most those that are being read at once. */
  salesExports: { max: 10, windowMs: HOUR },
  /** Time between the request to delete an account and the deletion. */
  deletionGrace: 7 * DAY,

  /** Maximum length of a path in characters, without the query. */
  pathLength: 1024,
  /**
   * Maximum size of a request body, and of a request body for an endpoint that needs no login. An endpoint may define a
   * size and time of its own.
   */
  bodySize: 100_000,
  authBodySize: 8 * 1024,
  /** Maximum time for a request body to arrive, and maximum pause of its sender. */
  bodyTime: 30 * SECOND,
  bodyStall: 10 * SECOND,
  /** Maximum time for the client to read a response, and maximum pause of the client. */
  answerTime: 10 * MINUTE,
  answerStall: 30 * SECOND,
  /** Maximum number of passwords that wait to be hashed; beyond it, requests are answered 503 `overloaded`. */
  hashQueue: 64,
  /** Maximum total time of all commands to the session store within one request. */
  storeDeadline: 800,
  /** Time for running requests to finish after the server was told to stop. */
  drain: 10 * SECOND,
} as const;

/** The type of `limits` with plain numbers, so that tests can override values. */
export type Limits = { [Name in keyof typeof limits]: (typeof limits)[Name] extends RateLimit ? RateLimit : number };

/** Names of the limits that have a time window. */
export type LimitName = { [Name in keyof Limits]: Limits[Name] extends RateLimit ? Name : never }[keyof Limits];
