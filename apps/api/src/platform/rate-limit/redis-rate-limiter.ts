import type { Clock } from "../lib/clock.ts";
import { type RedisCircuitBreaker, RedisUnavailable } from "../lib/redis-circuit-breaker.ts";
import { MemoryRateLimiter } from "./memory-rate-limiter.ts";
import type { ConsumeResult, LimitKey, RateLimiter } from "./rate-limiter.ts";

// A window is a Redis hash of a count and an end, in milliseconds since 1970. The end is compared with the given clock;
// the expiry in Redis only cleans up.
// ARGV: now, then for each key its maximum and the length of its window in milliseconds. Returns the milliseconds to
// wait (0: allowed), then the positions in KEYS of the keys with nothing left.
const TAKE = `
  local now = tonumber(ARGV[1])
  local opensAt = 0
  local open = {}
  local spent = {}
  for i, key in ipairs(KEYS) do
    local window = redis.call('HMGET', key, 'count', 'endsAt')
    open[i] = window[2] and tonumber(window[2]) > now
    if open[i] and tonumber(window[1]) >= tonumber(ARGV[2 * i]) then
      opensAt = math.max(opensAt, tonumber(window[2]))
      spent[#spent + 1] = i
    end
  end
  if opensAt > 0 then return { opensAt - now, unpack(spent) } end
  for i, key in ipairs(KEYS) do
    local count = 1
    if open[i] then count = redis.call('HINCRBY', key, 'count', 1)
    else
      local length = tonumber(ARGV[2 * i + 1])
      redis.call('HSET', key, 'count', 1, 'endsAt', string.format('%.0f', now + length))
      redis.call('PEXPIRE', key, length)
    end
    if count >= tonumber(ARGV[2 * i]) then spent[#spent + 1] = i end
  end
  return { 0, unpack(spent) }`;

const GIVE_BACK = `
  for _, key in ipairs(KEYS) do
    local count = tonumber(redis.call('HGET', key, 'count') or '0')
    if count > 1 then redis.call('HINCRBY', key, 'count', -1) else redis.call('DEL', key) end
  end
  return 0`;

/** Counts in Redis, shared by all processes. While Redis is out of reach, each process counts in its own memory. */
export class RedisRateLimiter implements RateLimiter {
  readonly #gate: RedisCircuitBreaker;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #ownCounts: MemoryRateLimiter;

  constructor(gate: RedisCircuitBreaker, { prefix, clock }: { prefix: string; clock: Clock }) {
    this.#gate = gate;
    this.#prefix = `${prefix}throttle:`;
    this.#clock = clock;
    this.#ownCounts = new MemoryRateLimiter(clock);
  }

  async consume(limitKeys: readonly LimitKey[]): Promise<ConsumeResult> {
    const numbers = limitKeys.flatMap(({ limit }) => [limit.max, limit.windowMs]);
    try {
      const keys = this.#keys(limitKeys);
      const answer = await this.#gate.run((redis) =>
        redis.eval(TAKE, keys.length, ...keys, this.#clock.now(), ...numbers),
      );
      const [wait, ...places] = answer as [number, ...number[]];
      const spent = places.flatMap((place) => limitKeys[place - 1]?.key ?? []);
      return wait === 0 ? { isAllowed: true, spent } : { isAllowed: false, retryAfterMs: wait, spent };
    } catch (error) {
      if (error instanceof RedisUnavailable) return this.#ownCounts.consume(limitKeys);
      throw error;
    }
  }

  async refund(limitKeys: readonly LimitKey[]): Promise<void> {
    const keys = this.#keys(limitKeys);
    await this.#orOwn(
      (gate) => gate.run((redis) => redis.eval(GIVE_BACK, keys.length, ...keys)),
      (own) => own.refund(limitKeys),
    );
  }

  async reset(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#orOwn(
      (gate) => gate.run((redis) => redis.del(keys.map((key) => this.#prefix + key))),
      (own) => own.reset(keys),
    );
  }

  #keys(limitKeys: readonly LimitKey[]): string[] {
    return limitKeys.map(({ key }) => this.#prefix + key);
  }

  async #orOwn(
    shared: (gate: RedisCircuitBreaker) => Promise<unknown>,
    own: (counts: MemoryRateLimiter) => Promise<void>,
  ) {
    await own(this.#ownCounts);
    try {
      await shared(this.#gate);
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
    }
  }
}
