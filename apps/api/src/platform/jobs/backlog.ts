/** Work that nobody waits for: a few pieces at a time, and no more waiting than there may be. */
export interface Backlog {
  /** Does it when it is its turn. False: too much is waiting, and it is not done. */
  add(work: () => Promise<void>): boolean;
  /** Resolves once nothing is left. */
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
        const turn = goOn().finally(() => underWay.delete(turn));
        underWay.add(turn);
      }
      return true;
    },
    async finish() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
