/** A day of a time zone. */
export interface ZoneDay {
  /** As 2026-11-30. */
  date: string;
  /** Milliseconds since 1970, on a quarter of an hour. */
  startsAt: number;
}

const QUARTER_MS = 15 * 60_000;
const DAY_QUARTERS = 24 * 4;
const DAY_MS = DAY_QUARTERS * QUARTER_MS;

/**
 * The last `count` days of a time zone, the oldest first, the one of `now` included. A day that begins with a change of
 * the clocks (Cairo, Santiago) begins at its first moment, whatever the clock says then.
 */
export function lastDays({ zone, now, count }: { zone: string; now: number; count: number }): ZoneDay[] {
  const dateOf = datesIn(zone);
  const today = Date.parse(dateOf(now));
  return Array.from({ length: count }, (_, index) => {
    const midnightInUtc = today - (count - 1 - index) * DAY_MS;
    const date = new Date(midnightInUtc).toISOString().slice(0, 10);
    return { date, startsAt: firstQuarterOf(date, midnightInUtc, dateOf) };
  });
}

/** The first moment of a year of a time zone. */
export function startOfYear({ zone, year }: { zone: string; year: number }): number {
  const date = `${year}-01-01`;
  return firstQuarterOf(date, Date.parse(date), datesIn(zone));
}

/** The year of a time zone that a moment is in. */
export function yearOf({ zone, at }: { zone: string; at: number }): number {
  return Number(datesIn(zone)(at).slice(0, 4));
}

/** Tells the date of a moment in a time zone, as 2026-11-30. */
function datesIn(zone: string): (at: number) => string {
  // Canada writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (at) => format.format(at);
}

/** Halves the two days that a date can begin in: `Intl` knows offsets up to a day. */
function firstQuarterOf(date: string, midnightInUtc: number, dateOf: (at: number) => string): number {
  let [before, from] = [midnightInUtc / QUARTER_MS - DAY_QUARTERS, midnightInUtc / QUARTER_MS + DAY_QUARTERS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dateOf(middle * QUARTER_MS) < date) before = middle;
    else from = middle;
  }
  return from * QUARTER_MS;
}
