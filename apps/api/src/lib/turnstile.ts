/** There is too much work already; the caller should come back in a moment. */
export class TurnstileFull extends Error {
  override name = "TurnstileFull";
}

export interface Turnstile {
  /** Throws TurnstileFull when one more piece of work of this party would be refused. */
  mustHaveRoom(party: string): void;
  /** Does a piece of work when its turn comes. Throws TurnstileFull when it never does. */
  inTurn<T>(party: string, work: () => Promise<T>): Promise<T>;
}

interface Waiter {
  goOn(): void;
  giveUp(reason: TurnstileFull): void;
}

/**
 * Lets `width` pieces of work run at once and `queueLength` wait. Parties take turns (round robin, as in fair queueing:
 * Nagle, RFC 970), each in the order in which its own work came: however much one of them brings, another one waits for
 * one turn of it. When all places are taken, the newest of the party that has most of them makes way.
 */
export function createTurnstile(width: number, queueLength: number): Turnstile {
  let running = 0;
  let waitingInAll = 0;
  /** Nobody without work: the first one's turn is next, a newcomer's last. */
  const waiting = new Map<string, Waiter[]>();

  /** Who has to make way for one more of this party; null when nobody has more than it would then have itself. */
  function whoMakesWay(party: string): string | null {
    let [most, length] = ["", (waiting.get(party)?.length ?? 0) + 1];
    for (const [other, queue] of waiting) if (queue.length > length) [most, length] = [other, queue.length];
    return most === "" ? null : most;
  }

  function isFull(): boolean {
    return running >= width && waitingInAll >= queueLength;
  }

  function mustHaveRoom(party: string): void {
    if (isFull() && whoMakesWay(party) === null) throw new TurnstileFull();
  }

  function makeRoomFor(party: string): void {
    if (!isFull()) return;
    const other = whoMakesWay(party);
    const queue = other === null ? undefined : waiting.get(other);
    if (other === null || queue === undefined) throw new TurnstileFull();
    queue.pop()?.giveUp(new TurnstileFull());
    waitingInAll -= 1;
    if (queue.length === 0) waiting.delete(other);
  }

  function waitAs(party: string): Promise<void> {
    return new Promise<void>((goOn, giveUp) => {
      const queue = waiting.get(party) ?? [];
      queue.push({ goOn, giveUp });
      waiting.set(party, queue);
      waitingInAll += 1;
    });
  }

  function takeNext(): Waiter | undefined {
    const [party, queue] = waiting.entries().next().value ?? [];
    const next = queue?.shift();
    if (party === undefined || queue === undefined || next === undefined) return undefined;
    waitingInAll -= 1;
    // To the end of the row: the others come first.
    waiting.delete(party);
    if (queue.length > 0) waiting.set(party, queue);
    return next;
  }

  async function inTurn<T>(party: string, work: () => Promise<T>): Promise<T> {
    makeRoomFor(party);
    if (running >= width) await waitAs(party);
    else running += 1;
    try {
      return await work();
    } finally {
      const next = takeNext();
      // The place is handed on, not given back, so that nobody who comes just now slips in between.
      if (next) next.goOn();
      else running -= 1;
    }
  }

  return { mustHaveRoom, inTurn };
}
