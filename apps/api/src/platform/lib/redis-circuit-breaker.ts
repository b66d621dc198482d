import { Redis, ReplyError } from "ioredis";
import { withinDeadline } from "./deadline.ts";
import type { Logger } from "./logger.ts";

/** Redis did not answer in time, or not at all. Nothing is known of what it did. */
export class RedisUnavailable extends Error {
  override name = "RedisUnavailable";
}

/** Answers by which Redis says that it can't do anything of the kind just now, by their first word. */
const CANT_NOW =
  /^(?:OOM|LOADING|READONLY|MISCONF|BUSY|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|ERR max number of clients)\b/;
const TELL_AGAIN_MS = 60_000;
const PROBE_EVERY_MS = 250;
const PROBE_PATIENCE_MS = 500;
/** A Redis that reads what it kept says how long that will take, and may be wrong by far: nobody waits on its word. */
const ASK_LOADING_EVERY_MS = 250;
/** Probes without an answer after which the connection itself is thought dead and made anew. */
const PROBES_UNTIL_RECONNECT = 8;
/** A request that has used up its time asks all the same, and a Redis that is well answers within this. */
const LEAST_MS = 10;
/**
 * The part of the whole patience that a command must have had for its silence to say something of Redis. A request that
 * has spent more than half on what it asked before was slow itself; were Redis stalled, the next one's first command
 * would tell.
 */
const FAIR_PART = 0.5;

/**
 * The one way to Redis. Each command may take what is left of its request's deadline. Once one has timed out that had a
 * fair time, all fail at once until a probe gets through, so that a stalled Redis costs one request its patience, not
 * each.
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

  /** Resolves once Redis is connected, or when `patienceMs` have passed: the server starts either way. */
  async untilConnected(patienceMs: number): Promise<void> {
    if (this.redis.status === "ready") return;
    await within(patienceMs, new Promise<void>((resolve) => this.redis.once("ready", () => resolve()))).catch(() => {});
  }

  /** Runs one command, or several sent at once. Throws RedisUnavailable. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#probe) throw new RedisUnavailable("Redis has just timed out");
    if (this.redis.status !== "ready") throw new RedisUnavailable(`Redis is ${this.redis.status}`);
    this.#gather();
    try {
      return await withinDeadline(this.#patienceMs, (patienceMs) => within(patienceMs, command(this.redis)));
    } catch (error) {
      if (error instanceof TimedOut && error.afterMs >= this.#patienceMs * FAIR_PART) this.#failFastUntilProbed();
      const { message } = error as Error;
      // An answer that says no to the command itself is a fault of ours, not of Redis.
      if (error instanceof ReplyError && !CANT_NOW.test(message)) throw error;
      this.#tellOnce(message);
      throw new RedisUnavailable(message, { cause: error });
    }
  }

  /**
   * Sends what requests that came at once ask of Redis in one piece: a system call for each command would be a third of
   * what it costs to look up a session (docs/decisions/0027).
   */
  #gather(): void {
    const { stream } = this.redis;
    if (stream.writableCorked > 0) return;
    stream.cork();
    setImmediate(() => stream.uncork());
  }

  /** Once for each kind of fault in a while: with Redis away, each request has the same to tell. */
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
    // Redis' time begins once it has been asked, which is at the end of this turn of the event loop (#gather). When it
    // is over, this process may have been too busy to look: what has come in is read before the next immediate.
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
