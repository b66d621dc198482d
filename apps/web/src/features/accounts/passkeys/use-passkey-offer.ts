import { endpoints, type PasskeyAssertion } from "@yumroad/contract";
import { useEffect, useEffectEvent } from "react";
import { call } from "../../../lib/call.ts";
import { canOfferPasskeys, offerPasskeys } from "../../../lib/passkeys.ts";

// A challenge is good for five minutes, and a log-in page may stay open for days.
const RENEW_AFTER_MS = 240_000;

interface PasskeyOfferOptions {
  /** While the browser is asked in another way, or the person is in. */
  isPaused: boolean;
  /** Another one with each passkey that was tried: what was offered before then is used up. */
  attempt: number;
  onChosen: (passkey: PasskeyAssertion) => void;
}

/** Lets the browser offer passkeys in the field whose `autocomplete` says so, for as long as the page is there. */
export function usePasskeyOffer({ isPaused, attempt, onChosen }: PasskeyOfferOptions): void {
  const choose = useEffectEvent(onChosen);
  useEffect(() => {
    if (isPaused) return;
    const offer = new AbortController();
    offerUntil(offer.signal).then(
      (passkey) => {
        if (passkey !== null) choose(passkey);
      },
      // It was a convenience that nobody has asked for: without it there are the button and the password.
      () => {},
    );
    return () => offer.abort();
  }, [isPaused, attempt]);
}

/** Null when the browser does not want to, or when it was told to stop. */
async function offerUntil(signal: AbortSignal): Promise<PasskeyAssertion | null> {
  if (!(await canOfferPasskeys())) return null;
  while (!signal.aborted) {
    const round = new AbortController();
    const options = await call(endpoints.passkeys.loginOptions, { signal });
    const timer = setTimeout(() => round.abort(), RENEW_AFTER_MS);
    const passkey = await offerPasskeys(options, AbortSignal.any([signal, round.signal]));
    clearTimeout(timer);
    if (passkey !== null || !round.signal.aborted) return passkey;
    // Nobody chooses in a tab that nobody sees.
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
