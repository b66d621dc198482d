import type { QueryClient } from "@tanstack/react-query";
import type { SessionState } from "@yumroad/contract";
import { clearAllDrafts, clearDraftsOfOthers } from "../platform/lib/drafts.ts";
import type { Epochs } from "./epochs.ts";
import { forgetUser, rememberUser } from "./last-user.ts";
import type { SessionEffect } from "./session.ts";
import { sessionQuery } from "./session-query.ts";
import type { TabMessage } from "./tab-sync.ts";

interface Dependencies {
  queryClient: QueryClient;
  epochs: Epochs;
  tellTabs: (message: TabMessage["type"]) => void;
  leavePage: (options: { mayAsk: boolean }) => void;
}

/** Runs the effects of a change of the session: in the query cache, the drafts, this tab's storage and other tabs. */
export function createEffects({ queryClient, epochs, tellTabs, leavePage }: Dependencies) {
  return function run(effect: SessionEffect): void {
    switch (effect.type) {
      case "show":
        queryClient.setQueryData(sessionQuery.queryKey, effect.session);
        break;
      case "change":
        changeUser(queryClient, epochs, effect.session);
        break;
      case "remember-user":
        rememberUser(effect.userId);
        break;
      case "forget-user":
        forgetUser();
        break;
      case "clear-drafts":
        if (effect.exceptOf === null) clearAllDrafts();
        else clearDraftsOfOthers(effect.exceptOf);
        break;
      case "tell-tabs":
        tellTabs(effect.message);
        break;
      case "leave-page":
        leavePage(effect);
        break;
    }
  };
}

/**
 * Switches to another user, or to none: everything that was requested or held for the previous one is discarded (R35).
 */
function changeUser(queryClient: QueryClient, epochs: Epochs, session: SessionState) {
  const sessionKey = sessionQuery.queryKey;
  void queryClient.cancelQueries({ queryKey: sessionKey });
  queryClient.setQueryData(sessionKey, session);
  epochs.begin();
  // Public queries are refetched, because pages that show them may be open; the others must not be.
  const isSession = (key: readonly unknown[]) => key[0] === sessionKey[0];
  queryClient.removeQueries({
    predicate: ({ queryKey, meta }) => !isSession(queryKey) && meta?.isPublic !== true && meta?.isLasting !== true,
  });
  void queryClient.resetQueries({ predicate: ({ meta }) => meta?.isPublic === true });
  // Data about the shop alone stays on the screen meanwhile: the frame of every page shows it.
  void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.isLasting === true });
  queryClient.getMutationCache().clear();
}
