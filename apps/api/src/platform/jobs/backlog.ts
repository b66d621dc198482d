/** A queue of background work: a bounded number of pieces runs at once, and a bounded number waits. */
export interface Backlog {
  /** Queues a piece of work. Returns false, and drops the piece, when too many are waiting. */
  add(work: () => Promise<void>): boolean;
  /** Resolves once the backlog is empty. */
  finish(): Promise<void>;
}

/**
 * Makes a backlog in which at most `atOnce` pieces run and `most` pieces wait. A piece must never reject: it handles
 * its own errors.
 */
export function createBacklog({ atOnce, most }: { atOnce: number; most: number }): Backlog {
  const waiting: (() => Promise<void>)[] = [];
  const underWay = new Set<Promise<void>>();

  async function goOn(): Promise<void> {
    for (let work = waiting.shift(); work; work = waiting.shift()) await work();
  }

  return {
    add(work) {
      if (waiting.length >= most) return false;
      waiting.push(work);
      if (underWay.size < atOnce) {
        const piece = goOn().finally(() => underWay.delete(piece));
        underWay.add(piece);
      }
      return true;
    },
    async finish() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
