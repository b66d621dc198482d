import { createContext, use } from "react";

/**
 * The server's clock. The end of a session is a time of the server; on a computer that is ten minutes slow the warning
 * would otherwise come seven minutes too late.
 */
export interface ServerClock {
  /** Takes the server's time from an uncached answer. A second more or less does not matter. */
  note(response: Response): void;
  /** The server's current time in milliseconds. */
  now(): number;
}

export function createServerClock(): ServerClock {
  let aheadMs = 0;
  return {
    note(response) {
      if (!/no-store/.test(response.headers.get("cache-control") ?? "")) return;
      const serverMs = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(serverMs)) aheadMs = serverMs - Date.now();
    },
    now: () => Date.now() + aheadMs,
  };
}

/** The server's current time, or this computer's outside of the app. */
export const ServerTimeContext = createContext<() => number>(Date.now);

export function useServerNow(): number {
  return use(ServerTimeContext)();
}
