const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration: milliseconds as a number, or a string such as "30s", "15m", "24h", "7d". */
export type Duration = number | `${number}${keyof typeof UNITS}`;

export interface Clock {
  /** Milliseconds since 1970, like `Date.now()`. It does not use `this`, so it can be passed on by itself. */
  now: () => number;
  /** Moves the clock forward; a negative duration moves it back. */
  advance(by: Duration): void;
}

/** Converts a duration to milliseconds. Throws on a string that it does not understand. */
export function toMilliseconds(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new Error(`"${duration}" is no length of time. Write it as "30s", "15m", "24h", "7d", or in milliseconds.`);
  }
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}

/**
 * A clock that stands still until it is advanced. It starts at the given time (ISO 8601).
 *
 * @example
 * const clock = createClock("2030-01-01T00:00:00Z");
 * clock.advance("24h");
 * new Date(clock.now()).toISOString(); // "2030-01-02T00:00:00.000Z"
 */
export function createClock(startIso: string): Clock {
  let time = Date.parse(startIso);
  if (Number.isNaN(time)) throw new Error(`"${startIso}" is no moment. Write it as "2030-01-01T00:00:00Z".`);
  return {
    now: () => time,
    advance(by) {
      time += toMilliseconds(by);
    },
  };
}
