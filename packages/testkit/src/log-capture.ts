import { Writable } from "node:stream";

export type LogLine = Record<string, unknown>;

/** A stream that keeps what is logged to it. */
export interface LogCapture extends Writable {
  /** Every whole line, parsed. A line that is no JSON object becomes `{ unparsed: "…" }`. */
  readonly lines: LogLine[];
  /** Everything that was written, as it was written. */
  readonly text: string;
  clear(): void;
}

/**
 * A place for a JSON logger (pino, for one) to write to, so that a test can look at its lines.
 *
 * @example
 * const logs = createLogCapture();
 * const logger = pino({}, logs);
 * logger.info({ event: "authn_login_success" });
 * logs.lines[0]?.event; // "authn_login_success"
 */
export function createLogCapture(): LogCapture {
  return new CapturingStream();
}

class CapturingStream extends Writable implements LogCapture {
  text = "";

  get lines(): LogLine[] {
    // What comes after the last newline is a line still being written.
    const whole = this.text.slice(0, this.text.lastIndexOf("\n") + 1);
    return whole
      .split("\n")
      .filter((line) => line !== "")
      .map(parseLine);
  }

  clear(): void {
    this.text = "";
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

function parseLine(line: string): LogLine {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as LogLine;
  } catch {
    // Not JSON: told apart below.
  }
  return { unparsed: line };
}
