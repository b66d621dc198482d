import type { RateLimit } from "../../config/limits.ts";

/** One limit that an attempt draws on. */
export interface LimitKey {
  /** Who or what is counted; never holds an address or e-mail in clear. */
  key: string;
  limit: RateLimit;
}

/**
 * Every draw was made, or none was and `retryAfterMs` says when the last of the exhausted ones opens again. `spent` are
 * the keys of those that have nothing left now.
 */
export type ConsumeResult =
  | { isAllowed: true; spent: readonly string[] }
  | { isAllowed: false; retryAfterMs: number; spent: readonly string[] };

/** Counts attempts. All draws of one call are made together, or none: a refused attempt costs nobody anything. */
export interface RateLimiter {
  consume(limitKeys: readonly LimitKey[]): Promise<ConsumeResult>;
  /** Gives back what one `take` took, for an attempt that turned out to be fine. */
  refund(limitKeys: readonly LimitKey[]): Promise<void>;
  /** Forgets all that was counted under a key. */
  reset(keys: readonly string[]): Promise<void>;
}
