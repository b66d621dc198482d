import type { LiveSession } from "@yumroad/contract";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import { useLocation } from "react-router-dom";
import { useSession } from "../session/session-query.ts";
import { useApp } from "./app-context.ts";

const ReauthDialog = lazy(async () => ({
  default: (await import("../identity/auth/reauth-dialog.tsx")).ReauthDialog,
}));

/** Asks the user to log in again when the server requires it; the interrupted action then continues (R69). */
export function ReauthGuard() {
  const { keeper, transport } = useApp();
  const { prompt } = transport;
  const user = useSession().data?.user;
  const { pathname } = useLocation();
  const question = useSyncExternalStore(prompt.subscribe, prompt.current);

  // Leaving the page cancels the interrupted action.
  const page = useRef(pathname);
  useEffect(() => {
    if (page.current !== pathname) prompt.current()?.answer(false);
    page.current = pathname;
  }, [pathname, prompt]);

  if (question === null || !user) return null;

  async function goOn(session: LiveSession) {
    await keeper.goOn(session);
    question?.answer(true);
  }

  return (
    <Suspense>
      <ReauthDialog user={user} onProven={(session) => void goOn(session)} onClose={() => question.answer(false)} />
    </Suspense>
  );
}
