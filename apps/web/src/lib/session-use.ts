import type { Endpoint } from "@yumroad/contract";

// When this tab last asked for something in the name of its session, which renews it. If the end of the session does
// not move by that, no renewing will move it: it is the absolute one.
let usedAtMs = Number.NEGATIVE_INFINITY;

export function noteUse(endpoint: Endpoint, query: Record<string, string | undefined> | undefined): void {
  if (endpoint.access !== "public" && query?.passive === undefined) usedAtMs = Date.now();
}

/** Whether the session was used since a moment on this computer's clock. */
export function wasUsedSince(momentMs: number): boolean {
  return usedAtMs >= momentMs;
}
