/**
 * An epoch lasts as long as one user (or none) is logged in. Every request belongs to the epoch it was sent in; when the
 * next one begins, pending requests are aborted, so that an answer for A never reaches B (R35).
 */
export interface Epochs {
  /** Aborts when the current epoch ends. */
  current(): AbortSignal;
  /** Ends the epoch, because the logged-in user has changed. */
  begin(): void;
}

export function createEpochs(): Epochs {
  let epoch = new AbortController();
  return {
    current: () => epoch.signal,
    begin() {
      const ended = epoch;
      epoch = new AbortController();
      ended.abort();
    },
  };
}
