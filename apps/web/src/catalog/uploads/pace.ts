const MIB = 1024 * 1024;
const LARGEST_PART = 16 * MIB;
/** How long a part should take, in milliseconds: long enough to be fast, short enough to lose little. */
const PART_MS = 5000;
/** Weight of the newest speed. */
const NEWEST = 0.4;

/**
 * Measures how fast parts arrive, and says how large the next one should be: 1 MiB at first, up to 16 MiB, so that a part
 * takes a few seconds on any line.
 */
export function createPace(now: () => number = () => performance.now()) {
  let largest = LARGEST_PART;
  let size = MIB;
  let speed: number | null = null;
  let last: { received: number; at: number } | null = null;

  return {
    partSize: () => Math.min(size, largest),
    /** Takes the bytes that have arrived in all. Returns the bytes per second; null: not known yet. */
    note(received: number): number | null {
      const at = now();
      if (last !== null && at > last.at && received > last.received) {
        const newest = ((received - last.received) / (at - last.at)) * 1000;
        speed = speed === null ? newest : NEWEST * newest + (1 - NEWEST) * speed;
        size = Math.max(MIB, Math.min(LARGEST_PART, Math.round((speed * PART_MS) / 1000)));
      }
      last = { received, at };
      return speed;
    },
    /** A proxy has refused a part of this size. */
    halve(): number {
      largest = Math.floor(Math.min(size, largest) / 2);
      return largest;
    },
  };
}
