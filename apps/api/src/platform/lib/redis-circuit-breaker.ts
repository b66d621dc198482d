import { Redis, ReplyError } from "ioredis";
import { withinDeadline } from "./deadline.ts";
import type { Logger } from "./logger.ts";

/**
 * Thrown when Redis can't be reached, can't work now or did not answer in time. The command may or may not have been
 * executed.
 */
export class RedisUnavailable extends Error {
  override name = "RedisUnavailable";
}

/** Error replies which mean that Redis can't work at the moment, by their first words. */
const CANT_NOW =
  /^(?:OOM|LOADING|READONLY|MISCONF|BUSY|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|ERR max number of clients)\b/;
const TELL_AGAIN_MS = 60_000;
const PROBE_EVERY_MS = 250;
const PROBE_PATIENCE_MS = 500;
/**
 * Milliseconds between attempts while Redis loads its data. Redis also estimates the remaining time, but often wrongly.
 */
const ASK_LOADING_EVERY_MS = 250;
/** Number of unanswered probes after which the connection is considered dead and is replaced. */
const PROBES_UNTIL_RECONNECT = 8;
/**
 * Milliseconds added to each timeout: a healthy Redis answers within them, even when the request has used up its
 * deadline.
 */
const LEAST_MS = 10;
/**
 * A timeout opens the circuit only if the command had at least this fraction of the full timeout. A command has less
 * time when earlier commands of its request have used the rest, so its timeout does not prove that Redis is stalled. If
 * Redis is stalled, the first command of the next request times out too.
 */
const FAIR_PART = 0.5;

/**
 * The only access to Redis. Each command may take the rest of its request's deadline. After a command with a fair part
 * of the full timeout (FAIR_PART) has timed out, all commands fail at once until a probe succeeds, so that a stalled
 * Redis delays one request instead of every request.
 */
export class RedisCircuitBreaker {
  readonly redis: Redis;
  readonly #patienceMs: number;
  readonly #logger: Logger;
  #probe: NodeJS.Timeout | null = null;
  #isClosed = false;
  #told = { message: "", at: 0 };

  constructor(url: string, { patienceMs, logger }: { patienceMs: number; logger: Logger }) {
    this.#patienceMs = patienceMs;
    this.#logger = logger;
    this.redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: 1000,
      retryStrategy: (tries) => Math.min(100 * tries, 1000),
      maxLoadingRetryTime: ASK_LOADING_EVERY_MS,
    });
    this.redis.on("error", (error: Error) => logger.warn({ error: error.message }, "redis connection failed"));
    this.redis.on("ready", () => logger.info("redis connected"));
  }

  /** Resolves once Redis is connected, or after `patienceMs` milliseconds: the server starts in either case. */
  async untilConnected(patienceMs: number): Promise<void> {
    if (this.redis.status === "ready") return;
    await within(patienceMs, new Promise<void>((resolve) => this.redis.once("ready", () => resolve()))).catch(() => {});
  }

  /** Runs one command, or several that are sent together. Throws RedisUnavailable. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#probe) throw new RedisUnavailable("Redis has just timed out");
    if (this.redis.status !== "ready") throw new RedisUnavailable(`Redis is ${this.redis.status}`);
    this.#gather();
    try {
      return await withinDeadline(this.#patienceMs, (patienceMs) => within(patienceMs, command(this.redis)));
    } catch (error) {
      if (error instanceof TimedOut && error.afterMs >= this.#patienceMs * FAIR_PART) this.#failFastUntilProbed();
      const { message } = error as Error;
      // Any other error reply is caused by a fault of this program and does not mean that Redis is down.
      if (error instanceof ReplyError && !CANT_NOW.test(message)) throw error;
      this.#tellOnce(message);
      throw new RedisUnavailable(message, { cause: error });
    }
  }

  /**
   * Sends the commands of concurrent requests in one write: a system call for each command would be a third of the cost
   * of looking up a session (docs/decisions/0027).
   */
  #gather(): void {
    const { stream } = this.redis;
    if (stream.writableCorked > 0) return;
    stream.cork();
    setImmediate(() => stream.uncork());
  }

  /**
   * Logs the same message at most once per TELL_AGAIN_MS: while Redis is down, every request fails with that message.
   */
  #tellOnce(message: string): void {
    const now = performance.now();
    if (message === this.#told.message && now - this.#told.at < TELL_AGAIN_MS) return;
    this.#told = { message, at: now };
    this.#logger.error({ error: message }, "redis does not do what it is asked");
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#probe) clearTimeout(this.#probe);
    this.redis.disconnect();
  }

  #failFastUntilProbed(): void {
    if (this.#probe || this.#isClosed) return;
    this.#logger.warn("redis timed out: failing fast until it answers");
    let tries = 0;
    const probe = async () => {
      tries += 1;
      try {
        await within(PROBE_PATIENCE_MS, this.redis.ping());
        this.#probe = null;
        this.#logger.info("redis answers again");
      } catch {
        if (this.#isClosed) return;
        if (tries % PROBES_UNTIL_RECONNECT === 0) this.redis.disconnect(true);
        this.#probe = setTimeout(probe, PROBE_EVERY_MS);
      }
    };
    this.#probe = setTimeout(probe, PROBE_EVERY_MS);
  }
}

class TimedOut extends Error {
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`No answer within ${Math.round(afterMs)} ms`);
    this.afterMs = afterMs;
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new TimedOut(ms));
    let timer: NodeJS.Timeout | undefined;
    // The timeout starts after this turn of the event loop, when the command is sent (#gather). When the timeout ends,
    // the answer may have arrived but be unread, because this process was busy. Node reads pending input before the
    // second `setImmediate` runs.
    const start = setImmediate(() => {
      timer = setTimeout(() => setImmediate(giveUp), ms + LEAST_MS);
    });
    const stop = () => {
      clearImmediate(start);
      clearTimeout(timer);
    };
    work.then(
      (result) => {
        stop();
        resolve(result);
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
}
