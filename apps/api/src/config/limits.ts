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
 * `docs/limits.md` lists them for operators; a test holds the two together.
 */
export const limits = {
  /** How long a session lasts unused, and at all (OWASP ASVS 5.0.0, 7.3.1 and 7.3.2). */
  sessionIdle: DAY,
  sessionAbsolute: 7 * DAY,
  rememberedSessionIdle: 14 * DAY,
  rememberedSessionAbsolute: 30 * DAY,
  /** A session in use is written again at most this often. */
  sessionRenewal: MINUTE,
  /** Sessions of one account; when one more begins, the oldest goes. Half ones never take the place of whole ones. */
  sessionsPerAccount: 50,
  pendingSessionsPerAccount: 20,
  /** How long a second factor may be owed before the password is asked for again. */
  pendingSession: 10 * MINUTE,
  /** How long a proof of who one is counts for what could take an account away (R69). */
  freshness: 10 * MINUTE,
  /** How long a browser is remembered as one in which an account has logged in. */
  knownBrowserCookie: 180 * DAY,
  knownBrowserAccounts: 10,
  /** Browsers that an account knows at most; the oldest goes. */
  knownBrowsersPerAccount: 5,

  /** Wrong passwords (ASVS 6.3.1). The first is for one account from one address. */
  wrongPasswordsFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongPasswordsForAccount: { max: 50, windowMs: DAY },
  wrongPasswordsOfAddress: { max: 100, windowMs: HOUR },
  /** The budget of a browser in which the account has logged in before, so that nobody can lock its owner out. */
  wrongPasswordsFromKnownBrowser: { max: 10, windowMs: 15 * MINUTE },
  /** Wrong codes of an authenticator app and wrong recovery codes, the same way (ASVS 6.5.5). */
  wrongCodesFromAddress: { max: 5, windowMs: 15 * MINUTE },
  wrongCodesForAccount: { max: 20, windowMs: DAY },
  /** Tries that a mailed link allows one browser, for whoever strangers' tries keep out: of passwords, and of codes. */
  triesByLink: { max: 5, windowMs: HOUR },
  /** Mails to the owner of an account that is out of tries, for passwords and for codes. */
  lockoutMails: { max: 1, windowMs: DAY },
  /** Right passwords: each costs a hash. For one account from strangers or from one known browser, and from one address. */
  loginsOfAccount: { max: 60, windowMs: HOUR },
  loginsOfAddress: { max: 300, windowMs: HOUR },
  /** Passkeys that were not accepted, and options to be answered with one, of one address. */
  wrongPasskeysOfAddress: { max: 100, windowMs: HOUR },
  passkeyOptions: { max: 300, windowMs: 5 * MINUTE },
  /** How long a challenge waits for a passkey's answer. */
  passkeyChallenge: 5 * MINUTE,
  passkeysPerAccount: 20,
  /** Accounts made from one address. */
  signups: { max: 60, windowMs: HOUR },
  /** Sign-ups from one address that were told that the email has an account: who asks for more reads a list of people. */
  takenSignups: { max: 60, windowMs: HOUR },

  /** How long a process has a mail for itself, and how long the mail server may take with it: less, so never two at once. */
  mailLease: 3 * MINUTE,
  mailSend: MINUTE,
  /** How often the outbox is looked at unasked. */
  mailPoll: 5 * SECOND,
  /** After which a mail that could not be sent is given up. */
  mailPatience: DAY,
  /** How long a mail is remembered, without its text, to whom and when it was sent. */
  mailKept: 30 * DAY,
  /** How long the address of a mail in the tray of the local demo is good as a page, which is framed. */
  outboxPage: 10 * MINUTE,
  /** How long a link in a mail is good, and how long it is remembered that there was one. */
  mailedToken: HOUR,
  /** The same of the link that undoes a change of address: whoever made it may have chosen the hour. */
  undoEmailChange: DAY,
  /** The same of the link that allows tries: it proves nothing, and no other one is mailed before. */
  unlockLink: DAY,
  /** Links of one kind that anybody can ask for, good at once. */
  liveLinks: 3,
  mailedTokenKept: 30 * DAY,
  /** Mails of one kind that somebody can make us send to an address. */
  askedMails: { max: 1, windowMs: 5 * MINUTE },
  /** Mails about a log-in from a new browser, to an address that nobody has proven to be theirs. */
  unknownLoginMails: { max: 3, windowMs: DAY },
  /** Forgotten passwords, and links that are no good, from one address. */
  recoveriesOfAddress: { max: 60, windowMs: HOUR },
  wrongLinksOfAddress: { max: 100, windowMs: HOUR },
  /** Changes of its address that one account can ask for. */
  emailChanges: { max: 10, windowMs: DAY },
  /**
   * Whatever one session writes, however cheap: more would take the database from everybody. Not of the account, or a
   * thief's session could use up its owner's.
   */
  writesOfSession: { max: 300, windowMs: MINUTE },
  /** What the owner of an account can do to it in a day that leaves a mail or a row, each time it is tried. */
  profileChanges: { max: 30, windowMs: DAY },
  passwordChanges: { max: 30, windowMs: DAY },
  factorChanges: { max: 50, windowMs: DAY },
  deletionsAsked: { max: 30, windowMs: DAY },
  /** Products listed and changed by one account. */
  productsOfAccount: { max: 200, windowMs: DAY },
  productChanges: { max: 5000, windowMs: DAY },
  /** How soon a forgotten password is looked after, at a random moment within, and how often unasked. */
  recoveryDelay: SECOND,
  recoveryPoll: 5 * SECOND,

  /** Events of one kind that are kept of an account in a day; what is over it is in the log alone. */
  activityOfKind: { max: 100, windowMs: DAY },
  /** How long its owner can read what has happened to an account. */
  activityKept: 180 * DAY,
  /** Exports of one's own data: each reads all there is of a person. */
  exports: { max: 5, windowMs: HOUR },
  /** How long an account stays that its owner wants deleted. */
  deletionGrace: 7 * DAY,

  /** Characters of the longest path, without its query. */
  pathLength: 1024,
  /** The largest body of a request; of one that needs no log-in. An endpoint may name another size, and another time. */
  bodySize: 100_000,
  authBodySize: 8 * 1024,
  /** How long a body may take in all, and how long its sender may pause. */
  bodyTime: 30 * SECOND,
  bodyStall: 10 * SECOND,
  /** How long an answer may take to be read in all, and how long its reader may pause. */
  answerTime: 10 * MINUTE,
  answerStall: 30 * SECOND,
  /** Passwords that wait to be hashed; one more is told to come back later. */
  hashQueue: 64,
  /** All store commands of one request together. */
  storeDeadline: 800,
  /** How long a request in flight may take once the server was told to stop. */
  drain: 10 * SECOND,
} as const;

/** All limits, in the shape in which tests hand in other ones. */
export type Limits = { [Name in keyof typeof limits]: (typeof limits)[Name] extends RateLimit ? RateLimit : number };

/** The limits that are budgets. */
export type LimitName = { [Name in keyof Limits]: Limits[Name] extends RateLimit ? Name : never }[keyof Limits];
