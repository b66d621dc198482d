import { useState } from "react";
import { explain } from "../platform/lib/explain.ts";
import { formatWait } from "../platform/lib/format.ts";
import { Button } from "../platform/ui/button.tsx";
import { Dialog } from "../platform/ui/dialog.tsx";

interface SessionEndDialogProps {
  msLeft: number;
  /** The session can't be extended, only replaced. */
  isFinal: boolean;
  /** A form has unsaved input. */
  isTyped: boolean;
  onExtend: () => Promise<void>;
  onLogInAgain: () => void;
  onClose: () => void;
}

export function SessionEndDialog({ msLeft, isFinal, isTyped, onExtend, onLogInAgain, onClose }: SessionEndDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function extend() {
    setBusy(true);
    setProblem(null);
    try {
      await onExtend();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title="Your session is about to end"
      onClose={onClose}
      actions={
        <>
          {isFinal ? (
            <Button look="primary" onClick={onLogInAgain}>
              Log in again
            </Button>
          ) : (
            <Button look="primary" isBusy={isBusy} onClick={() => void extend()}>
              Stay logged in
            </Button>
          )}
          <Button onClick={onClose}>Not now</Button>
        </>
      }
    >
      {/* Announced when it appears and whenever another minute has passed. */}
      <p role="status">{whenWords(msLeft)}</p>
      {isFinal && <p>It can’t be extended any more, but you can begin a new one.</p>}
      {isTyped && <p>{isFinal ? "What you typed here is kept." : "What you typed here is kept either way."}</p>}
      {problem !== null && <p role="alert">That did not work. {problem}</p>}
    </Dialog>
  );
}

function whenWords(msLeft: number): string {
  if (msLeft === 0) return "You may be logged out already.";
  if (msLeft < 60_000) return "You will be logged out in less than a minute.";
  return `You will be logged out ${formatWait(Math.floor(msLeft / 60_000) * 60)}.`;
}
