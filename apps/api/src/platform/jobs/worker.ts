import type { Logger } from "../lib/logger.ts";

/** Something that is looked after beside the requests. */
export interface Worker {
  /** Begins to look after it, now and from now on. Until then only `run` does. */
  start(): void;
  /** Says that there is something to do. */
  nudge(): void;
  /** Does what there is to do. Resolves when that is done; never rejects. */
  run(): Promise<void>;
  /** Finishes what is being done, and begins nothing more. */
  close(): Promise<void>;
}

/** A worker without work: what stands in where there is none to do. */
export const idleWorker: Worker = { start() {}, nudge() {}, async run() {}, async close() {} };

interface WorkerOptions {
  /** How often it is looked for something to do unasked: for what others have left behind, or is due by now. */
  everyMs: number;
  /** A nudge is heeded at a random moment within this time; 0 for at once. */
  hesitateMs?: number;
  logger: Logger;
  /** What the log says when `work` throws. */
  complaint: string;
}

/** Does `work` one at a time, however often it is nudged. It asks `isStopping` wherever it could end early. */
export function createWorker(
  work: (isStopping: () => boolean) => Promise<void>,
  { everyMs, hesitateMs = 0, logger, complaint }: WorkerOptions,
): Worker {
  let isClosing = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  let waiting: Promise<void> | null = null;

  /** Whoever comes while one is under way waits for the one after it: that one sees all that is there by now. */
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
