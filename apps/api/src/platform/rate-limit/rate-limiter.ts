import type { RateLimit } from "../../config/limits.ts";

/** A limit, with the key under which an attempt counts against it. */
export interface LimitKey {
  /** Names the counted thing; never contains an address or e-mail in clear. */
  key: string;
  limit: RateLimit;
}

/**
 * Allowed: all limits were consumed. Not allowed: none was consumed, and all of them are open again after
 * `retryAfterMs` milliseconds. `spent`: the keys of the limits with nothing left.
 */
export type ConsumeResult =
  | { isAllowed: true; spent: readonly string[] }
  | { isAllowed: false; retryAfterMs: number; spent: readonly string[] };

/**
 * Counts attempts against limits. One call of `consume` consumes all its limits or none, so that a refused attempt
 * costs nothing.
 */
export interface RateLimiter {
  consume(limitKeys: readonly LimitKey[]): Promise<ConsumeResult>;
  /** Undoes one `consume`, for an attempt that should not count. */
  refund(limitKeys: readonly LimitKey[]): Promise<void>;
  /** Deletes all counts under these keys. */
  reset(keys: readonly string[]): Promise<void>;
}
