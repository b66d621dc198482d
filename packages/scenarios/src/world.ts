import type { Client, ClientHeaders, Duration, ReceivedMail } from "@yumroad/testkit";

/** Where a shop keeps its data and its sessions. */
export interface Pairing {
  database: "sqlite" | "postgres";
  sessions: "embedded" | "redis";
}

export interface VisitorOptions {
  /** Where it comes from; otherwise an address that nobody else has. */
  address?: string;
  headers?: ClientHeaders;
  /** Leave out `Sec-Fetch-*`, as browsers of before 2023 do. */
  omitSecFetch?: boolean;
  /** The process of the shop that answers. The second one needs Redis. */
  process?: "first" | "second";
}

/**
 * A running shop, as a scenario sees it: by HTTP and by its mails, and by what somebody does who runs it. It is reached
 * as `https://shop.example` through one proxy that is trusted, with the limits that every shop has.
 */
export interface World {
  pairing: Pairing;
  /** A browser that has never been here. */
  visitor(options?: VisitorOptions): Client;
  clock: {
    /** What time it is for the shop, in milliseconds since 1970. */
    now(): number;
    /** Lets time pass, for every process. Only for scenarios that have the shop to themselves. */
    advance(by: Duration): Promise<void>;
  };
  mail: {
    /** The oldest mail to an address that was not handed over yet, and whose subject fits. Waits for it. */
    next(address: string, subject: string | RegExp): Promise<ReceivedMail>;
    /** Mails with that subject which arrived and were not handed over, once all that is due has been sent. */
    left(address: string, subject: string | RegExp): Promise<ReceivedMail[]>;
  };
  /** What the shop has written to its log so far, all processes together. */
  log(): string;
  /** A command of the operator's: "disable", "enable", "end-sessions", "reset-link" or "remove-app". Gives what it prints. */
  operate(command: string, email: string): Promise<string>;
  /** Between the shop and Redis. For scenarios that need it. */
  redis: Faults;
  /** Between the shop and Postgres. For scenarios that need it. */
  postgres: Faults;
  /** Takes every session away behind the shop's back, as a store does that has lost its data. */
  loseSessions(): Promise<void>;
}

export interface Faults {
  kill(): Promise<void>;
  stall(): void;
  /** Delays what the first process asks and is told; the second one's way is as quick as ever. */
  slow(milliseconds: number): void;
  restore(): Promise<void>;
}
