import { createFairQueue } from "./fair-queue.ts";

/** Thrown when too much work is waiting. The caller should retry in a moment. */
export class SemaphoreFull extends Error {
  override name = "SemaphoreFull";
}

/** The source of a piece of work: a member of a group. Groups take turns, and so do the members of one group. */
export interface Party {
  group: string;
  member: string;
}

export interface Semaphore {
  /** Throws SemaphoreFull if `run` would refuse a piece of work of this party now. */
  assertCapacity(party: Party): void;
  /**
   * Runs a piece of work when its turn comes. Throws SemaphoreFull if the piece is refused, or loses its place in the
   * queue to another.
   */
  run<T>(party: Party, work: () => Promise<T>): Promise<T>;
}

interface Waiter {
  goOn(): void;
  giveUp(reason: SemaphoreFull): void;
}

interface SemaphoreOptions {
  /** Maximum numbers of pieces of work: `width` that run at once, `queueLength` that wait. */
  width: number;
  queueLength: number;
  /** Monotonic time in milliseconds. Only differences of its results are used. */
  now?: () => number;
}

/** Milliseconds for which one place stays reserved for other groups after another group has brought work. */
const OTHERS_EXPECTED_MS = 60_000;

/**
 * Runs at most `width` pieces of work at once; the rest wait in fair order (`createFairQueue`). While several groups
 * are active, no group may use all places: if `width` is above one, the last place is kept for other groups. Therefore
 * a group waits for at most one piece of another group's work. When the queue is full, the newest piece of the largest
 * group is dropped. If the new piece belongs to the largest group, the newest piece of that group's largest member is
 * dropped. If the new piece belongs to that member, the new piece is refused.
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

  /**
   * Resumes the next waiting piece of work if a place is free for it. Takes that place before it resumes the work, so
   * that no newly arriving piece can take the place.
   */
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
      const admission = new Promise<void>((goOn, giveUp) => waiting.add(party, { goOn, giveUp }));
      // A place that was kept for other groups may be available now to a piece of work that is already waiting.
      callNext();
      await admission;
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

/** Counts the places in use, in total and by group, and tells if a group may take another. */
function createPlaces(width: number, now: () => number) {
  const arrivals = createArrivals();
  const taken = new Map<string, number>();
  let takenInAll = 0;
  return {
    /** Records that a group has brought work. */
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

/**
 * Remembers when the latest group last brought work, and when any other group last did. Two entries are enough for any
 * number of groups.
 */
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
