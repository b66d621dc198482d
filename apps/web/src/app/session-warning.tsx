import { lazy, Suspense, useState } from "react";
import { useApp } from "./app-context.ts";
import { useSessionEnd } from "./use-session-end.ts";

const SessionEndDialog = lazy(async () => ({
  default: (await import("../features/accounts/session-end-dialog.tsx")).SessionEndDialog,
}));

/** Says that the session is about to end; with one action it is extended, or begun anew (R39). */
export function SessionWarning() {
  const { keeper, notices, unsaved } = useApp();
  const end = useSessionEnd();
  // Both are about one end: the next one is another matter.
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [unmoved, setUnmoved] = useState<string | null>(null);
  if (end === null || end.expiresAt === dismissed) return null;
  const { expiresAt, msLeft, isFinal } = end;

  async function extend() {
    if (await keeper.renew()) notices.show({ kind: "success", text: "You stay logged in" });
    else setUnmoved(expiresAt);
  }

  return (
    <Suspense>
      <SessionEndDialog
        msLeft={msLeft}
        isFinal={isFinal || unmoved === expiresAt}
        isTyped={unsaved.isAny()}
        onExtend={extend}
        onLogInAgain={() => void keeper.logInAgain()}
        onClose={() => setDismissed(expiresAt)}
      />
    </Suspense>
  );
}
