const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A limit: at most `max` in a window of `windowMs` milliseconds, which begins with the first use. */
export interface RateLimit {
  max: number;
  windowMs: number;
}

/**
 * Every limit of the server, by name. Times in milliseconds, sizes in bytes.
 * `docs/limits.md` lists them for operators; a test fails where the two differ.
 */
export const limits = {
  /** Idle and absolute lifetime of a session (OWASP ASVS 5.0.0, 7.3.1 and 7.3.2). */
  sessionIdle: DAY,
  sessionAbsolute: 7 * DAY,
  rememberedSessionIdle: 14 * DAY,
  rememberedSessionAbsolute: 30 * DAY,
  /** Minimum time between two renewals of a session in use. */
  sessionRenewal: MINUTE,
  /** Sessions per account; when one more begins, the oldest ends. Pending and complete sessions are counted apart. */
  sessionsPerAccount: 50,
  pendingSessionsPerAccount: 20,
  /** Time for the second factor before the password is asked for again. */
  pendingSession: 10 * MINUTE,
  /** Time for which a proof of identity allows changes that could take an account over (R69). */
  freshness: 10 * MINUTE,
  /** Lifetime of the cookie of a known browser. */
  knownBrowserCookie: 180 * DAY,
  knownBrowserAccounts: 10,
  /** Known browsers per account; beyond it the oldest is forgotten. */
  knownBrowsersPerAccount: 5,

  /** Wrong passwords (ASVS 6.3.1). The first limit is for one account from one address. */
  wrongPasswordsFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongPasswordsForAccount: { max: 50, windowMs: DAY },
  wrongPasswordsOfAddress: { max: 100, windowMs: HOUR },
  /** The limit of a known browser of the account; separate, so that strangers can't lock the owner out. */
  wrongPasswordsFromKnownBrowser: { max: 10, windowMs: 15 * MINUTE },
  /** Wrong codes of an authenticator app and wrong recovery codes, in the same way (ASVS 6.5.5). */
  wrongCodesFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongCodesForAccount: { max: 20, windowMs: DAY },
  /**
   * Tries that a mailed link allows one browser after strangers have used up a limit; passwords and codes count apart.
   */
  triesByLink: { max: 5, windowMs: HOUR },
  /** Mails to the owner of an account about a used-up limit; passwords and codes count apart. */
  lockoutMails: { max: 1, windowMs: DAY },
  /**
   * Right passwords, since each costs a hash: of one account from strangers or from one known browser, and of one
   * address.
   */
  loginsOfAccount: { max: 60, windowMs: HOUR },
  loginsOfAddress: { max: 300, windowMs: HOUR },
  /** Rejected passkeys, and passkey options, per address. */
  wrongPasskeysOfAddress: { max: 100, windowMs: HOUR },
  passkeyOptions: { max: 300, windowMs: 5 * MINUTE },
  /** Lifetime of a passkey challenge. */
  passkeyChallenge: 5 * MINUTE,
  passkeysPerAccount: 20,
  /** Accounts created from one address. */
  signups: { max: 60, windowMs: HOUR },
  /** Signups from one address that were told that the email has an account; more would let a client enumerate users. */
  takenSignups: { max: 60, windowMs: HOUR },

  /**
   * Time for which a process claims a mail, and the mail server's shorter timeout, so that two never send it at once.
   */
  mailLease: 3 * MINUTE,
  mailSend: MINUTE,
  /** Interval at which the outbox is polled without a nudge. */
  mailPoll: 5 * SECOND,
  /** Time after which a mail that could not be sent is given up. */
  mailPatience: DAY,
  /** Time for which a mail's recipient and dates are kept, without its text. */
  mailKept: 30 * DAY,
  /** Lifetime of the framed page of a mail in the tray of the local demo. */
  outboxPage: 10 * MINUTE,
  /** Lifetime of a mailed link, and time for which its row is kept after that. */
  mailedToken: HOUR,
  /**
   * The same for the link that undoes a change of address: an intruder may have picked an hour when the owner is away.
   */
  undoEmailChange: DAY,
  /** The same for the link that allows tries: it proves nothing, and no other is mailed before it expires. */
  unlockLink: DAY,
  /** Live links of one kind that anybody can request. */
  liveLinks: 3,
  mailedTokenKept: 30 * DAY,
  /** Mails of one kind that anybody can have sent to an address. */
  askedMails: { max: 1, windowMs: 5 * MINUTE },
  /** Mails about a login from a new browser, to an unverified address. */
  unknownLoginMails: { max: 3, windowMs: DAY },
  /** Requests for a password reset, and invalid links, per address. */
  recoveriesOfAddress: { max: 60, windowMs: HOUR },
  wrongLinksOfAddress: { max: 100, windowMs: HOUR },
  /** Changes of address that one account can request. */
  emailChanges: { max: 10, windowMs: DAY },
  /**
   * All writes of one session, however cheap, so that it can't occupy the database. Counted by session and not by
   * account, or a stolen session could use up its owner's limit.
   */
  writesOfSession: { max: 300, windowMs: MINUTE },
  /** Changes per account and day that leave a mail or a row each time they are tried. */
  profileChanges: { max: 30, windowMs: DAY },
  passwordChanges: { max: 30, windowMs: DAY },
  factorChanges: { max: 50, windowMs: DAY },
  deletionsAsked: { max: 30, windowMs: DAY },
  /** Products created and changed by one account. */
  productsOfAccount: { max: 200, windowMs: DAY },
  productChanges: { max: 5000, windowMs: DAY },
  /** Maximum random delay before a password reset is mailed, and the interval of polling for requests. */
  recoveryDelay: SECOND,
  recoveryPoll: 5 * SECOND,

  /** Events of one kind stored per account and day; further ones are only logged. */
  activityOfKind: { max: 100, windowMs: DAY },
  /** Time for which events stay on the owner's activity page. */
  activityKept: 180 * DAY,
  /** Data exports: each reads everything stored about a user. */
  exports: { max: 5, windowMs: HOUR },
  /** Time between the request to delete an account and its deletion. */
  deletionGrace: 7 * DAY,

  /** Length of the longest path in characters, without its query. */
  pathLength: 1024,
  /**
   * Size of the largest request body, and of the largest one without login. An endpoint may name another size and time.
   */
  bodySize: 100_000,
  authBodySize: 8 * 1024,
  /** Time for a request body to arrive, and for a pause of its sender. */
  bodyTime: 30 * SECOND,
  bodyStall: 10 * SECOND,
  /** Time for a response to be read, and for a pause of its reader. */
  answerTime: 10 * MINUTE,
  answerStall: 30 * SECOND,
  /** Passwords waiting to be hashed; further ones are told to come back later. */
  hashQueue: 64,
  /** Time for all store commands of one request together. */
  storeDeadline: 800,
  /** Time for requests in flight to finish after the server was told to stop. */
  drain: 10 * SECOND,
} as const;

/** All limits, in the form in which tests override them. */
export type Limits = { [Name in keyof typeof limits]: (typeof limits)[Name] extends RateLimit ? RateLimit : number };

/** The limits that have a window. */
export type LimitName = { [Name in keyof Limits]: Limits[Name] extends RateLimit ? Name : never }[keyof Limits];
