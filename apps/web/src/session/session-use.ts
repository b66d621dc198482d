/**
 * The time of this tab's last request with its session, which renews the session. If its end does not move, the end is
 * absolute and no renewal moves it.
 */
export interface SessionUse {
  /** A request has used the session just now. */
  note(): void;
  /** True if the session was used since a time of this computer's clock. */
  isSince(momentMs: number): boolean;
}

export function createSessionUse(): SessionUse {
  let usedAtMs = Number.NEGATIVE_INFINITY;
  return {
    note() {
      usedAtMs = Date.now();
    },
    isSince: (momentMs) => usedAtMs >= momentMs,
  };
}
