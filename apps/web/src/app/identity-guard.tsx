import type { LiveSession } from "@yumroad/contract";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import { useLocation } from "react-router-dom";
import { useSession } from "../features/accounts/api.ts";
import { openIdentityQuestion, subscribeToIdentityQuestion } from "../lib/identity-question.ts";
import { useApp } from "./app-context.ts";

const IdentityDialog = lazy(async () => ({
  default: (await import("../features/accounts/identity/identity-dialog.tsx")).IdentityDialog,
}));

/** Asks the person to prove that it is them when the server wants it; what they were about to do then goes on (R69). */
export function IdentityGuard() {
  const { keeper } = useApp();
  const user = useSession().data?.user;
  const { pathname } = useLocation();
  const question = useSyncExternalStore(subscribeToIdentityQuestion, openIdentityQuestion);

  // Whoever leaves the page does not want it done any more.
  const page = useRef(pathname);
  useEffect(() => {
    if (page.current !== pathname) openIdentityQuestion()?.answer(false);
    page.current = pathname;
  }, [pathname]);

  if (question === null || !user) return null;

  async function goOn(session: LiveSession) {
    await keeper.goOn(session);
    question?.answer(true);
  }

  return (
    <Suspense>
      <IdentityDialog user={user} onProven={(session) => void goOn(session)} onClose={() => question.answer(false)} />
    </Suspense>
  );
}
