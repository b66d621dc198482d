import { lazy, Suspense, useState } from "react";
import { useSessionEnd } from "../session/use-session-end.ts";
import { appWords } from "../words/app.ts";
import { useApp } from "./app-context.ts";

const SessionEndDialog = lazy(async () => ({
  default: (await import("../session/session-end-dialog.tsx")).SessionEndDialog,
}));

/** Warns that the session is about to end; one action extends or replaces it (R39). */
export function SessionWarning() {
  const { keeper, transport, notices, unsaved } = useApp();
  const end = useSessionEnd(keeper, transport.use);
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
