import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

/**
 * Makes the structured log: one JSON object per line, to `destination` or else to standard output. Only named fields of
 * a request are logged; bodies, cookies and headers never are.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}
