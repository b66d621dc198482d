import type { Logger } from "../lib/logger.ts";

/** A job that runs beside the requests. */
export interface Worker {
  /** Starts the schedule, with a run now. Before it only `run` does anything. */
  start(): void;
  /** Signals that there is work to do. */
  nudge(): void;
  /** Does the work that there is. Resolves when it is done; never rejects. */
  run(): Promise<void>;
  /** Finishes the current run and starts no other. */
  close(): Promise<void>;
}

/** A worker without work, for where there is none to do. */
export const idleWorker: Worker = { start() {}, nudge() {}, async run() {}, async close() {} };

interface WorkerOptions {
  /** Interval between runs without a nudge, for work that other processes left behind or that has become due. */
  everyMs: number;
  /** Maximum of the random delay after a nudge; 0 for none. */
  hesitateMs?: number;
  logger: Logger;
  /** Log message when `work` throws. */
  complaint: string;
}

/** Runs `work` one run at a time, however often it is nudged. `work` calls `isStopping` wherever it could end early. */
export function createWorker(
  work: (isStopping: () => boolean) => Promise<void>,
  { everyMs, hesitateMs = 0, logger, complaint }: WorkerOptions,
): Worker {
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  let waiting: Promise<void> | null = null;

  /** Calls during a run share the next one, which sees all the work there is by then. */
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
