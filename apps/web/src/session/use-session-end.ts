import { use, useEffect, useRef, useState } from "react";
import { ServerTimeContext } from "../platform/lib/server-clock.ts";
import type { SessionKeeper } from "./session-keeper.ts";
import { useSession } from "./session-query.ts";
import type { SessionUse } from "./session-use.ts";

// At least a minute has to be left (WCAG 2.2.1 requires 20 s, R39 60 s), even in a tab whose timers are throttled to
// one a minute, and after a slow probe.
const WARN_BEFORE_MS = 180_000;
// The server renews at most once a minute (R66): a use within that time moves nothing.
const RENEWED_EVERY_MS = 61_000;
const LOOK_AGAIN_MS = 20_000;
// Limits the requests when every answer is different.
const ASK_EVERY_MS = 2_000;
// Timers stop while a computer sleeps, and overflow after 24 days.
const LONGEST_TIMER_MS = 3_600_000;

export interface SessionEnd {
  expiresAt: string;
  /** Milliseconds since the last check; 0 when the session has ended. */
  msLeft: number;
  /** The end is known to be absolute: no renewal moves it. */
  isFinal: boolean;
}

/**
 * The end of the session when it is near, else null. Requests here and in other tabs renew the session unnoticed, so
 * the server is asked passively before the warning, and again while it is shown.
 */
export function useSessionEnd(keeper: SessionKeeper, sessionUse: SessionUse): SessionEnd | null {
  const serverNow = use(ServerTimeContext);
  const session = useSession().data;
  const expiresAt = session?.user ? session.expiresAt : null;
  const [end, setEnd] = useState<SessionEnd | null>(null);

  const askedAt = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    if (expiresAt === null) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const learntAt = Date.now();
    const left = () => Date.parse(expiresAt) - serverNow();
    async function look() {
      clearTimeout(timer);
      // A changed answer ends this effect, and the next one begins.
      if (left() <= WARN_BEFORE_MS && Date.now() - askedAt.current > ASK_EVERY_MS) {
        askedAt.current = Date.now();
        await keeper.recheck();
      }
      if (isOver || expiresAt === null) return;
      clearTimeout(timer);
      const msLeft = Math.max(0, left());
      setEnd(
        msLeft <= WARN_BEFORE_MS
          ? { expiresAt, msLeft, isFinal: sessionUse.isSince(learntAt + RENEWED_EVERY_MS) }
          : null,
      );
      timer = setTimeout(() => void look(), nextLook(msLeft));
    }
    const onReturn = () => void look();
    void look();
    // After sleep the timer may be hours late.
    window.addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      isOver = true;
      clearTimeout(timer);
      window.removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [expiresAt, keeper, sessionUse, serverNow]);

  return end !== null && end.expiresAt === expiresAt ? end : null;
}

function nextLook(msLeft: number): number {
  if (msLeft > WARN_BEFORE_MS) return Math.min(msLeft - WARN_BEFORE_MS, LONGEST_TIMER_MS);
  // The server's session has ended at that time too.
  return msLeft > 0 ? Math.min(msLeft + 500, LOOK_AGAIN_MS) : LOOK_AGAIN_MS / 4;
}
