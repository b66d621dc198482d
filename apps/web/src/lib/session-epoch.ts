// An epoch lasts as long as one person (or nobody) is logged in. Every request belongs to the epoch it was sent in;
// when the next one begins, those still under way are aborted, so that an answer meant for A never reaches B (R35).

let epoch = new AbortController();

/** The epoch that a request is sent in: its signal aborts when it ends. */
export function currentEpoch(): AbortController {
  return epoch;
}

export function isCurrentEpoch(candidate: AbortController): boolean {
  return candidate === epoch;
}

/** Ends the epoch: whoever is logged in has changed. */
export function beginEpoch(): void {
  const ended = epoch;
  epoch = new AbortController();
  ended.abort();
}
