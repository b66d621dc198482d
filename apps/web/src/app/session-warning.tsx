import { lazy, Suspense, useState } from "react";
import { appWords } from "../words/app.ts";
import { useApp } from "./app-context.ts";
import { useSessionEnd } from "./use-session-end.ts";

const SessionEndDialog = lazy(async () => ({
  default: (await import("../session/session-end-dialog.tsx")).SessionEndDialog,
}));

/** Warns that the session is about to end; one action extends or replaces it (R39). */
export function SessionWarning() {
  const { keeper, notices, unsaved } = useApp();
  const end = useSessionEnd();
  // Both apply to one end only; the next end is shown again.
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [unmoved, setUnmoved] = useState<string | null>(null);
  if (end === null || end.expiresAt === dismissed) return null;
  const { expiresAt, msLeft, isFinal } = end;

  async function extend() {
    if (await keeper.renew()) notices.show({ kind: "success", text: appWords.session.stayed });
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
