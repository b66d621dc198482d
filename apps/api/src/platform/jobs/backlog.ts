/** Work in the background: a few pieces at a time, and a bounded number waiting. */
export interface Backlog {
  /** Queues a piece of work. False: too much is waiting, and it is dropped. */
  add(work: () => Promise<void>): boolean;
  /** Resolves once the backlog is empty. */
  finish(): Promise<void>;
}

/** `work` handles its own errors: it never rejects. */
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
