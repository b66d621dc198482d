import type { Logger } from "../lib/logger.ts";

/** A background job that runs at intervals, and when it is asked to. */
export interface Worker {
  /** Runs the job now, and then at each interval. Before `start`, `nudge` does nothing. */
  start(): void;
  /** Starts a run soon, since there is new work to do. */
  nudge(): void;
  /** Runs the job once and resolves when that run is done. Never rejects: errors are logged. */
  run(): Promise<void>;
  /** Waits for the current run to finish. No further run does any work. */
  close(): Promise<void>;
}

/** A worker that does nothing, for an installation without such work. */
export const idleWorker: Worker = { start() {}, nudge() {}, async run() {}, async close() {} };

interface WorkerOptions {
  /**
   * Milliseconds between runs. Regular runs find work that has become due or that another process has left unfinished.
   */
  everyMs: number;
  /** The longest random delay after a nudge, in milliseconds; 0: no delay. */
  hesitateMs?: number;
  logger: Logger;
  /** Log message when `work` throws. */
  complaint: string;
}

/**
 * Makes a worker that never has two runs of `work` at once, however often it is nudged. `work` calls `isStopping` at
 * each point where it can end early. If the result is true, the worker is being closed and `work` ends.
 */
export function createWorker(
  work: (isStopping: () => boolean) => Promise<void>,
  { everyMs, hesitateMs = 0, logger, complaint }: WorkerOptions,
): Worker {
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  let waiting: Promise<void> | null = null;

  /** All calls during one run share the next run. That run handles all work that exists when it begins. */
  function run(): Promise<void> {
    waiting ??= underWay.then(() => {
      waiting = null;
      underWay = once();
      return underWay;
    });
    return waiting;
  }

  async function once(): Promise<void> {
    if (isClosing) return;
    try {
      await work(() => isClosing);
    } catch (error) {
      logger.warn({ error: (error as Error).message }, complaint);
    }
  }

  return {
    run,
    start() {
      timer ??= setInterval(run, everyMs).unref();
      void run();
    },
    nudge() {
      if (!timer) return;
      if (hesitateMs === 0) void run();
      else setTimeout(run, Math.random() * hesitateMs).unref();
    },
    async close() {
      isClosing = true;
      clearInterval(timer);
      await (waiting ?? underWay);
    },
  };
}
