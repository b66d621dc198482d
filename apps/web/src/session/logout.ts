import type { QueryClient } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { ApiError, call } from "../platform/lib/call.ts";
import { explain } from "../platform/lib/explain.ts";
import type { KeptKey } from "../platform/lib/kept-key.ts";
import type { Notices } from "../platform/lib/notices.ts";
import { preservingPreferences } from "../platform/lib/preserve-preferences.ts";
import { appWords } from "../words/app.ts";

interface Dependencies {
  queryClient: QueryClient;
  notices: Notices;
  keys: readonly KeptKey[];
}

const words = appWords.session;
const SLOW_MS = 300;

/** Ends the session on the server. */
export interface Logout {
  /** Until this has succeeded, nothing is left or discarded. A failure is shown. */
  end(): Promise<"ended" | "here-only" | "failed">;
  /** Like `end`, but throws when the server can't be reached. */
  endQuietly(): Promise<"ended" | "here-only">;
  /** Restores the keys of this tab after a logout in any tab has wiped them. */
  restoreKeys(): void;
}

export function createLogout({ queryClient, notices, keys }: Dependencies): Logout {
  function restoreKeys() {
    for (const key of keys) key.restore();
  }

  /** The answer wipes the storage that all tabs share. Each tab restores the data that belongs to no user. */
  async function endQuietly() {
    try {
      await preservingPreferences(() => call(queryClient, endpoints.auth.logout));
      return "ended";
    } catch (error) {
      // A logout clears the cookie even while the session store is down.
      if (error instanceof ApiError && error.code === "session_store_unavailable") return "here-only";
      throw error;
    } finally {
      restoreKeys();
    }
  }

  async function end() {
    const slow = setTimeout(() => notices.show({ kind: "success", text: words.loggingOut }), SLOW_MS);
    try {
      return await endQuietly();
    } catch (error) {
      notices.show({ kind: "problem", text: words.stillLoggedIn(explain(error)) });
      return "failed";
    } finally {
      clearTimeout(slow);
      if (notices.current()?.kind === "success") notices.dismiss();
    }
  }

  return { end, endQuietly, restoreKeys };
}
