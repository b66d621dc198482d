import { createFairQueue } from "./fair-queue.ts";

/** Too much work is waiting already; the caller should retry in a moment. */
export class SemaphoreFull extends Error {
  override name = "SemaphoreFull";
}

/** The source of a piece of work: a member and its group. Groups take turns, and so do the members of a group. */
export interface Party {
  group: string;
  member: string;
}

export interface Semaphore {
  /** Throws SemaphoreFull when another piece of work of this party would be refused. */
  assertCapacity(party: Party): void;
  /** Runs a piece of work in turn. Throws SemaphoreFull when it is refused, or displaced while it waits. */
  run<T>(party: Party, work: () => Promise<T>): Promise<T>;
}

interface Waiter {
  goOn(): void;
  giveUp(reason: SemaphoreFull): void;
}

interface SemaphoreOptions {
  /** Number of pieces of work that run at once, and that wait beside them. */
  width: number;
  queueLength: number;
  /** Milliseconds, on any scale. */
  now?: () => number;
}

/** Time for which a place stays reserved for other groups after one of them has come. */
const OTHERS_EXPECTED_MS = 60_000;

/**
 * Runs a bounded number of pieces of work at once; the others wait, in fair order (`createFairQueue`). While several
 * groups are active, none occupies all places: with more than one place, the last is reserved for other groups. So
 * however much one group brings, another one finds a place or waits for one piece of its work. When too many wait, the
 * newest of the largest group is displaced; in the newcomer's own group, the newest of its largest member.
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

  /** The next item takes its place right here, so that no new arrival can slip in between. */
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
      // After the reservation for other groups has expired, a place may be free for the waiting.
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

/** The places in which work runs, with the number that each group has and may have. */
function createPlaces(width: number, now: () => number) {
  const arrivals = createArrivals();
  const taken = new Map<string, number>();
  let takenInAll = 0;
  return {
    /** Records the arrival of a group. */
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

/** Remembers the last arrivals from different groups, in two slots however many groups there are. */
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
