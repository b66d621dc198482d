// How far this computer's clock is off. The end of a session is a moment on the server's clock; somebody whose own is
// ten minutes slow would otherwise be warned seven minutes too late.
let aheadMs = 0;

/** Takes the server's time from an answer that no cache has kept. A second more or less does not matter. */
export function noteServerTime(response: Response): void {
  if (!/no-store/.test(response.headers.get("cache-control") ?? "")) return;
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  if (!Number.isNaN(serverMs)) aheadMs = serverMs - Date.now();
}

/** Now, by the server's clock, in milliseconds. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
