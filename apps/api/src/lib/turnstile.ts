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

interface TurnstileOptions {
  /** How many pieces of work run at once, and how many wait beside them. */
  width: number;
  queueLength: number;
  /** Milliseconds, on any scale. */
  now?: () => number;
}

/** How long a place is left for others after one of them has come. */
const OTHERS_EXPECTED_MS = 60_000;

/**
 * Lets some pieces of work run at once and others wait. Parties take turns (round robin, as in fair queueing: Nagle,
 * RFC 970), each in the order in which its own work came. While several come, none has all places: where there is more
 * than one, the last is left for others. However much one party brings, another one finds a place or waits for one turn
 * of it. When too many wait, the newest of the party that has most makes way.
 */
export function createTurnstile({ width, queueLength, now = () => performance.now() }: TurnstileOptions): Turnstile {
  const arrivals = createArrivals();
  const running = new Map<string, number>();
  let runningInAll = 0;
  let waitingInAll = 0;
  /** Nobody without work: the first one's turn is next, a newcomer's last. */
  const waiting = new Map<string, Waiter[]>();

  function mayRun(party: string): boolean {
    const isShared = now() - arrivals.lastOfOthers(party) < OTHERS_EXPECTED_MS;
    const widthOfOne = isShared ? Math.max(1, width - 1) : width;
    return runningInAll < width && (running.get(party) ?? 0) < widthOfOne;
  }

  function isFullFor(party: string): boolean {
    return !mayRun(party) && waitingInAll >= queueLength;
  }

  /** Who has to make way for one more of this party; null when nobody has more than it would then have itself. */
  function whoMakesWay(party: string): string | null {
    let [most, length] = ["", (waiting.get(party)?.length ?? 0) + 1];
    for (const [other, queue] of waiting) if (queue.length > length) [most, length] = [other, queue.length];
    return most === "" ? null : most;
  }

  function mustHaveRoom(party: string): void {
    if (isFullFor(party) && whoMakesWay(party) === null) throw new TurnstileFull();
  }

  function makeRoomFor(party: string): void {
    mustHaveRoom(party);
    const other = isFullFor(party) ? whoMakesWay(party) : null;
    if (other === null) return;
    const queue = waiting.get(other);
    queue?.pop()?.giveUp(new TurnstileFull());
    waitingInAll -= 1;
    if (queue?.length === 0) waiting.delete(other);
  }

  function begin(party: string): void {
    running.set(party, (running.get(party) ?? 0) + 1);
    runningInAll += 1;
  }

  function end(party: string): void {
    const left = (running.get(party) ?? 0) - 1;
    if (left > 0) running.set(party, left);
    else running.delete(party);
    runningInAll -= 1;
  }

  function waitAs(party: string): Promise<void> {
    return new Promise<void>((goOn, giveUp) => {
      const queue = waiting.get(party) ?? [];
      queue.push({ goOn, giveUp });
      waiting.set(party, queue);
      waitingInAll += 1;
    });
  }

  /** Whose turn it is has its place from here on, so that nobody who comes just now slips in between. */
  function callNext(): void {
    for (const [party, queue] of waiting) {
      if (!mayRun(party)) continue;
      begin(party);
      queue.shift()?.goOn();
      waitingInAll -= 1;
      // To the end of the row: the others come first.
      waiting.delete(party);
      if (queue.length > 0) waiting.set(party, queue);
      return;
    }
  }

  async function inTurn<T>(party: string, work: () => Promise<T>): Promise<T> {
    arrivals.note(party, now());
    makeRoomFor(party);
    if (mayRun(party) && !waiting.has(party)) begin(party);
    else {
      const turn = waitAs(party);
      // Others may not have come for a while: then a place has become free for whoever waits.
      callNext();
      await turn;
    }
    try {
      return await work();
    } finally {
      end(party);
      callNext();
    }
  }

  return { mustHaveRoom, inTurn };
}

/** When each party's others came last, in two slots however many parties there are. */
function createArrivals() {
  let latest = { party: "", at: Number.NEGATIVE_INFINITY };
  let latestOfAnother = Number.NEGATIVE_INFINITY;
  return {
    note(party: string, at: number): void {
      if (party !== latest.party) latestOfAnother = latest.at;
      latest = { party, at };
    },
    lastOfOthers: (party: string) => (party === latest.party ? latestOfAnother : latest.at),
  };
}
