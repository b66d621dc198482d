import type { RateLimit } from "../../config/limits.ts";

/** One limit that an attempt consumes. */
export interface LimitKey {
  /** Names the counted thing; never contains an address or e-mail in clear. */
  key: string;
  limit: RateLimit;
}

/**
 * Either all limits were consumed, or none: then `retryAfterMs` says when the last of the exhausted ones opens again.
 * `spent` are the keys with nothing left now.
 */
export type ConsumeResult =
  | { isAllowed: true; spent: readonly string[] }
  | { isAllowed: false; retryAfterMs: number; spent: readonly string[] };

/** Counts attempts. All limits of one call are consumed together, or none: a refused attempt costs nothing. */
export interface RateLimiter {
  consume(limitKeys: readonly LimitKey[]): Promise<ConsumeResult>;
  /** Refunds one `consume`, for an attempt that should not count. */
  refund(limitKeys: readonly LimitKey[]): Promise<void>;
  /** Deletes all counts under these keys. */
  reset(keys: readonly string[]): Promise<void>;
}
