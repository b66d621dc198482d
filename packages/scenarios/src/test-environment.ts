import type { Client, ClientHeaders, Duration, ReceivedMail } from "@yumroad/testkit";

/** The database and the session store of a shop. */
export interface Pairing {
  database: "sqlite" | "postgres";
  sessions: "embedded" | "redis";
}

export interface VisitorOptions {
  /** IP address of the visitor; unique by default. */
  address?: string;
  headers?: ClientHeaders;
  /** Omits `Sec-Fetch-*`, as browsers did before 2023. */
  omitSecFetch?: boolean;
  /** The process that answers. A second process needs Redis. */
  process?: "first" | "second";
}

/**
 * A running shop, as a scenario sees it: over HTTP, by its mails, and by the operator's commands. Its address is
 * `https://shop.example`, behind one trusted proxy, and its limits are the usual ones.
 */
export interface TestEnvironment {
  pairing: Pairing;
  /** A new browser. */
  visitor(options?: VisitorOptions): Client;
  clock: {
    /** The shop's time in milliseconds since 1970. */
    now(): number;
    /** Advances the clock of every process. Only for scenarios that are `alone`. */
    advance(by: Duration): Promise<void>;
  };
  mail: {
    /** Waits for the oldest unread mail to an address with this subject. */
    next(address: string, subject: string | RegExp): Promise<ReceivedMail>;
    /** The unread mails with this subject, after all due mails have been sent. */
    left(address: string, subject: string | RegExp): Promise<ReceivedMail[]>;
  };
  /** The log of all processes so far. */
  log(): string;
  /**
   * Runs an operator's command ("disable", "enable", "end-sessions", "reset-link" or "remove-app") and returns its
   * output.
   */
  operate(command: string, email: string): Promise<string>;
  /** Faults between the shop and Redis, for scenarios that need Redis. */
  redis: Faults;
  /** Faults between the shop and Postgres, for scenarios that need Postgres. */
  postgres: Faults;
  /** Deletes every session behind the shop's back, as when a store loses its data. */
  loseSessions(): Promise<void>;
}

export interface Faults {
  kill(): Promise<void>;
  stall(): void;
  /** Delays the first process's connection to the store; the second one's stays fast. */
  slow(milliseconds: number): void;
  restore(): Promise<void>;
}
