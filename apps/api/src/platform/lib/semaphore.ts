import { createFairQueue } from "./fair-queue.ts";

/** There is too much work already; the caller should come back in a moment. */
export class SemaphoreFull extends Error {
  override name = "SemaphoreFull";
}

/** Who brings work: somebody, and the group that they are of. Groups take turns, and within each its members. */
export interface Party {
  group: string;
  member: string;
}

export interface Semaphore {
  /** Throws SemaphoreFull when one more piece of work of this party would be refused. */
  assertCapacity(party: Party): void;
  /** Does a piece of work when its turn comes. Throws SemaphoreFull when it never does. */
  run<T>(party: Party, work: () => Promise<T>): Promise<T>;
}

interface Waiter {
  goOn(): void;
  giveUp(reason: SemaphoreFull): void;
}

interface SemaphoreOptions {
  /** How many pieces of work run at once, and how many wait beside them. */
  width: number;
  queueLength: number;
  /** Milliseconds, on any scale. */
  now?: () => number;
}

/** How long a place is left for others after one of them has come. */
const OTHERS_EXPECTED_MS = 60_000;

/**
 * Lets some pieces of work run at once and others wait, in turns (`createFairQueue`). While several groups come, none
 * has all places: where there is more than one, the last is left for others. However much one group brings, another one
 * finds a place or waits for one turn of it. When too many wait, the newest of the group that has most makes way; in
 * the newcomer's own group, the newest of the member that has most.
 */
export function createSemaphore({ width, queueLength, now = () => performance.now() }: SemaphoreOptions): Semaphore {
  const places = createPlaces(width, now);
  const waiting = createFairQueue<Waiter>();

  function isFullFor({ group }: Party): boolean {
    return !places.areFreeFor(group) && waiting.size() >= queueLength;
  }

  function assertCapacity(party: Party): void {
    if (isFullFor(party) && waiting.largerThanWith(party) === null) throw new SemaphoreFull();
  }

  function makeRoomFor(party: Party): void {
    assertCapacity(party);
    const larger = isFullFor(party) ? waiting.largerThanWith(party) : null;
    if (larger !== null) waiting.takeNewest(larger)?.giveUp(new SemaphoreFull());
  }

  /** Whose turn it is has its place from here on, so that nobody who comes just now slips in between. */
  function callNext(): void {
    const next = waiting.takeNext(places.areFreeFor);
    if (next === null) return;
    places.take(next.group);
    next.item.goOn();
  }

  async function run<T>(party: Party, work: () => Promise<T>): Promise<T> {
    const { group } = party;
    places.expect(group);
    makeRoomFor(party);
    if (places.areFreeFor(group) && !waiting.has(group)) places.take(group);
    else {
      const turn = new Promise<void>((goOn, giveUp) => waiting.add(party, { goOn, giveUp }));
      // Others may not have come for a while: then a place has become free for whoever waits.
      callNext();
      await turn;
    }
    try {
      return await work();
    } finally {
      places.leave(group);
      callNext();
    }
  }

  return { assertCapacity, run };
}

/** The places in which work runs: how many each group has, and how many it may have. */
function createPlaces(width: number, now: () => number) {
  const arrivals = createArrivals();
  const taken = new Map<string, number>();
  let takenInAll = 0;
  return {
    /** Notes that a group has come. */
    expect: (group: string) => arrivals.note(group, now()),

    areFreeFor(group: string): boolean {
      const isShared = now() - arrivals.lastOfOthers(group) < OTHERS_EXPECTED_MS;
      const widthOfOne = isShared ? Math.max(1, width - 1) : width;
      return takenInAll < width && (taken.get(group) ?? 0) < widthOfOne;
    },

    take(group: string): void {
      taken.set(group, (taken.get(group) ?? 0) + 1);
      takenInAll += 1;
    },

    leave(group: string): void {
      const left = (taken.get(group) ?? 0) - 1;
      if (left > 0) taken.set(group, left);
      else taken.delete(group);
      takenInAll -= 1;
    },
  };
}

/** When each group's others came last, in two slots however many groups there are. */
function createArrivals() {
  let latest = { group: "", at: Number.NEGATIVE_INFINITY };
  let latestOfAnother = Number.NEGATIVE_INFINITY;
  return {
    note(group: string, at: number): void {
      if (group !== latest.group) latestOfAnother = latest.at;
      latest = { group, at };
    },
    lastOfOthers: (group: string) => (group === latest.group ? latestOfAnother : latest.at),
  };
}
