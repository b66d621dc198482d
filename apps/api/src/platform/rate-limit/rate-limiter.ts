import type { Budget } from "../../config/limits.ts";

/** One budget that an attempt draws on. */
export interface Draw {
  /** Who or what is counted; never holds an address or e-mail in clear. */
  key: string;
  budget: Budget;
}

/**
 * Every draw was made, or none was and `retryAfterMs` says when the last of the exhausted ones opens again. `spent` are
 * the keys of those that have nothing left now.
 */
export type Verdict =
  | { isAllowed: true; spent: readonly string[] }
  | { isAllowed: false; retryAfterMs: number; spent: readonly string[] };

/** Counts attempts. All draws of one call are made together, or none: a refused attempt costs nobody anything. */
export interface Throttle {
  take(draws: readonly Draw[]): Promise<Verdict>;
  /** Gives back what one `take` took, for an attempt that turned out to be fine. */
  giveBack(draws: readonly Draw[]): Promise<void>;
  /** Forgets all that was counted under a key. */
  reset(keys: readonly string[]): Promise<void>;
}
