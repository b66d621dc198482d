import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

/**
 * The structured log: one JSON object per line, to standard output by default. Only named fields of a request are ever
 * logged; bodies, cookies and headers never are.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination ? pino(options, destination) : pino(options);
}
