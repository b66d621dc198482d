import type { BrowserContext } from "@playwright/test";

/** Unexpected events in a browser. */
export interface Watch {
  /** Announces an event that may happen, by part of its line. */
  allow(...patterns: (string | RegExp)[]): void;
  /** The events that were not announced. */
  complaints(): string[];
}

/** Watches every page of a browser: console lines, errors, failed requests, requests to other origins. */
export function watch(context: BrowserContext, origin: string): Watch {
  const allowed: (string | RegExp)[] = [
    // Chromium reports the data that a logout has wiped, every time.
    /^console\.info: Clear-Site-Data header/,
    // Each page asks for the account in its own time, and a session that ends elsewhere may be faster.
    /^console\.error: Failed to load resource: .* 401 .*\/api\/account\)$/,
  ];
  const seen: string[] = [];
  context.on("console", (message) => {
    seen.push(`console.${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => seen.push(`page error: ${error.error().stack || error.error()}`));
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // The page itself aborted the request: it was left, or no longer needs the answer.
    if (reason !== "net::ERR_ABORTED") seen.push(`request failed: ${request.method()} ${request.url()} ${reason}`);
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(?:data|blob):/.test(url) && new URL(url).origin !== origin) seen.push(`request to another origin: ${url}`);
  });
  return {
    allow: (...patterns) => void allowed.push(...patterns),
    complaints: () =>
      seen.filter((line) => !allowed.some((one) => (typeof one === "string" ? line.includes(one) : one.test(line)))),
  };
}
