import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

/** Keys of Stripe's API and secrets of its webhooks. */
const SECRETS = /\b(?:[rs]k_(?:test|live)|whsec)_\w+/g;

/**
 * Makes the structured log: one JSON object per line, to `destination` or else to standard output. Only named fields of
 * a request are logged; bodies, cookies and headers never are. Keys of a payment provider are cut out of every line, since
 * its errors may quote them.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    ...{ level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    hooks: { streamWrite: (line: string) => line.replace(SECRETS, "[secret]") },
  };
  return destination ? pino(options, destination) : pino(options);
}
