import type { BrowserContext } from "@playwright/test";

/** What went on in a browser that no test asked for. */
export interface Watch {
  /** Announces something that may happen: a part of the line that would be complained about. */
  allow(...patterns: (string | RegExp)[]): void;
  /** Everything that happened and was not announced. */
  complaints(): string[];
}

/** Watches every page of a browser: console lines, errors, failed requests, requests that leave the product. */
export function watch(context: BrowserContext, origin: string): Watch {
  const allowed: (string | RegExp)[] = [
    // Chromium tells what a log-out has wiped, every time that it does.
    /^console\.info: Clear-Site-Data header/,
    // The frame of each page asks about the account in its own time: a session that ends elsewhere may be the faster.
    /^console\.error: Failed to load resource: .* 401 .*\/api\/account\)$/,
  ];
  const seen: string[] = [];
  context.on("console", (message) => {
    seen.push(`console.${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => seen.push(`page error: ${error.error().stack ?? error.error()}`));
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Aborted by the page itself: it was left, or what was asked for is no longer wanted.
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
