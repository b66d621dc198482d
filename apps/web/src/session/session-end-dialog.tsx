import { useState } from "react";
import { explain } from "../platform/lib/explain.ts";
import { formatWait } from "../platform/lib/format.ts";
import { Button } from "../platform/ui/button.tsx";
import { Dialog } from "../platform/ui/dialog.tsx";
import { sessionEndWords as words } from "../words/session-end.ts";

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
      title={words.title}
      onClose={onClose}
      actions={
        <>
          {isFinal ? (
            <Button look="primary" onClick={onLogInAgain}>
              {words.logIn}
            </Button>
          ) : (
            <Button look="primary" isBusy={isBusy} onClick={() => void extend()}>
              {words.stay}
            </Button>
          )}
          <Button onClick={onClose}>{words.later}</Button>
        </>
      }
    >
      {/* Announced when it appears and whenever another minute has passed. */}
      <p role="status">{whenWords(msLeft)}</p>
      {isFinal && <p>{words.final}</p>}
      {isTyped && <p>{isFinal ? words.kept : words.keptEitherWay}</p>}
      {problem !== null && <p role="alert">{`${words.failed}. ${problem}`}</p>}
    </Dialog>
  );
}

function whenWords(msLeft: number): string {
  if (msLeft === 0) return words.over;
  if (msLeft < 60_000) return words.underAMinute;
  return words.in(formatWait(Math.floor(msLeft / 60_000) * 60));
}
