/** The only source of the time of day, so that tests can pass a clock that they set. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: Date.now };
