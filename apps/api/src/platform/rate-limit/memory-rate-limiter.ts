import type { Clock } from "../lib/clock.ts";
import type { ConsumeResult, LimitKey, RateLimiter } from "./rate-limiter.ts";

interface Window {
  count: number;
  endsAt: number;
}

/**
 * Maximum number of windows, so that an attacker can't fill the memory. Above it, the windows with the smallest counts
 * are evicted; among equal counts, those that end first. An attacker who creates many windows has a count of one in
 * each, so these windows are evicted before those with higher counts.
 */
const MAX_WINDOWS = 50_000;
/** Number of windows evicted together, since finding them requires sorting all windows. */
const EVICTED_AT_ONCE = 5_000;

/** Counts in the memory of this process: with the embedded session store, or while Redis is out of reach. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async consume(limitKeys: readonly LimitKey[]): Promise<ConsumeResult> {
    const now = this.#clock.now();
    const exhausted = limitKeys
      .map((limitKey) => ({ limitKey, window: this.#open(limitKey.key, now) }))
      .filter(({ limitKey, window }) => (window?.count ?? 0) >= limitKey.limit.max);
    if (exhausted.length > 0) {
      const opensAt = Math.max(...exhausted.map(({ window }) => window?.endsAt ?? now));
      return { isAllowed: false, retryAfterMs: opensAt - now, spent: exhausted.map(({ limitKey }) => limitKey.key) };
    }
    const spent: string[] = [];
    for (const { key, limit } of limitKeys) {
      const window = this.#open(key, now) ?? { count: 0, endsAt: now + limit.windowMs };
      window.count += 1;
      this.#windows.set(key, window);
      if (window.count >= limit.max) spent.push(key);
    }
    this.#keepSmall(now);
    return { isAllowed: true, spent };
  }

  async refund(limitKeys: readonly LimitKey[]): Promise<void> {
    const now = this.#clock.now();
    for (const { key } of limitKeys) {
      const window = this.#open(key, now);
      if (!window) continue;
      window.count -= 1;
      // An empty window would count towards MAX_WINDOWS and could evict others.
      if (window.count <= 0) this.#windows.delete(key);
    }
  }

  async reset(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#windows.delete(key);
  }

  #open(key: string, now: number): Window | undefined {
    const window = this.#windows.get(key);
    return window && window.endsAt > now ? window : undefined;
  }

  #keepSmall(now: number): void {
    if (this.#windows.size <= MAX_WINDOWS) return;
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key);
    if (this.#windows.size <= MAX_WINDOWS) return;
    const least = [...this.#windows].sort(([, a], [, b]) => a.count - b.count || a.endsAt - b.endsAt);
    for (const [key] of least.slice(0, EVICTED_AT_ONCE)) this.#windows.delete(key);
  }
}
