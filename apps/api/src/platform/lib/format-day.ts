const FORMAT = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Formats a date for a mail: "December 2, 2026", in UTC, since the reader's time zone is unknown. */
export function formatDay(date: Date): string {
  return FORMAT.format(date);
}
