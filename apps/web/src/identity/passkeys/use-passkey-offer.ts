import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { endpoints, type PasskeyAssertion } from "@yumroad/contract";
import { useEffect, useEffectEvent } from "react";
import { call } from "../../platform/lib/call.ts";
import { canOfferPasskeys, offerPasskeys } from "../../platform/lib/passkeys.ts";

// A challenge is valid for five minutes, and a login page may stay open for days.
const RENEW_AFTER_MS = 240_000;

interface PasskeyOfferOptions {
  /** Paused during another passkey request, or after the login. */
  isPaused: boolean;
  /** Changes with each passkey that was tried, because the offered challenge is then used up. */
  attempt: number;
  onChosen: (passkey: PasskeyAssertion) => void;
}

/** Lets the browser offer passkeys in the field with the matching `autocomplete` while the page is open. */
export function usePasskeyOffer({ isPaused, attempt, onChosen }: PasskeyOfferOptions): void {
  const client = useQueryClient();
  const choose = useEffectEvent(onChosen);
  useEffect(() => {
    if (isPaused) return;
    const offer = new AbortController();
    offerUntil(client, offer.signal).then(
      (passkey) => {
        if (passkey !== null) choose(passkey);
      },
      // The offer is optional: the button and the password remain.
      () => {},
    );
    return () => offer.abort();
  }, [isPaused, attempt, client]);
}

/** Null when the browser declines or the signal aborts. */
async function offerUntil(client: QueryClient, signal: AbortSignal): Promise<PasskeyAssertion | null> {
  if (!(await canOfferPasskeys())) return null;
  while (!signal.aborted) {
    const round = new AbortController();
    const options = await call(client, endpoints.passkeys.loginOptions, { signal });
    const timer = setTimeout(() => round.abort(), RENEW_AFTER_MS);
    const passkey = await offerPasskeys(options, AbortSignal.any([signal, round.signal]));
    clearTimeout(timer);
    if (passkey !== null || !round.signal.aborted) return passkey;
    // An offer makes no sense in a hidden tab.
    await isSeen(signal);
  }
  return null;
}

function isSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function look() {
      if (document.visibilityState !== "visible" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    }
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}
