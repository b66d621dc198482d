const FORMAT = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** "December 2, 2026", in UTC: for mails, since no time zone of their readers is known. */
export function formatDay(date: Date): string {
  return FORMAT.format(date);
}
