import { Writable } from "node:stream";

export type LogLine = Record<string, unknown>;

/** A stream that keeps everything written to it. */
export interface LogCapture extends Writable {
  /** All complete lines, parsed. A line that is not a JSON object becomes `{ unparsed: "…" }`. */
  readonly lines: LogLine[];
  /** The raw text. */
  readonly text: string;
  clear(): void;
}

/**
 * A destination for a JSON logger such as pino, so that a test can look at its lines.
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
    // Text after the last newline is an incomplete line.
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
    // Not JSON: handled below.
  }
  return { unparsed: line };
}
