/** The only source of the time of day. Tests hand in one that they can move. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: Date.now };
