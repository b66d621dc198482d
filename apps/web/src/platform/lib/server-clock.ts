// The offset of the server's clock. The end of a session is a time of the server; on a computer that is ten minutes
// slow the warning would otherwise come seven minutes too late.
let aheadMs = 0;

/** Takes the server's time from an uncached answer. A second more or less does not matter. */
export function noteServerTime(response: Response): void {
  if (!/no-store/.test(response.headers.get("cache-control") ?? "")) return;
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  if (!Number.isNaN(serverMs)) aheadMs = serverMs - Date.now();
}

/** The server's current time in milliseconds. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
