import type { Endpoint } from "@yumroad/contract";

// The time of this tab's last request with its session, which renews the session. If its end does not move, the end is
// absolute and no renewal moves it.
let usedAtMs = Number.NEGATIVE_INFINITY;

export function noteUse(endpoint: Endpoint, query: Record<string, string | undefined> | undefined): void {
  if (endpoint.access !== "public" && query?.passive === undefined) usedAtMs = Date.now();
}

/** True if the session was used since a time of this computer's clock. */
export function wasUsedSince(momentMs: number): boolean {
  return usedAtMs >= momentMs;
}
