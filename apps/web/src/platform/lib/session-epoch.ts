// An epoch lasts as long as one user (or none) is logged in. Every request belongs to the epoch it was sent in; when
// the next one begins, pending requests are aborted, so that an answer for A never reaches B (R35).

let epoch = new AbortController();

/** The current epoch: its signal aborts when it ends. */
export function currentEpoch(): AbortController {
  return epoch;
}

export function isCurrentEpoch(candidate: AbortController): boolean {
  return candidate === epoch;
}

/** Ends the epoch, because the logged-in user has changed. */
export function beginEpoch(): void {
  const ended = epoch;
  epoch = new AbortController();
  ended.abort();
}
