import { leaveDialogWords as words } from "../../words/leave-dialog.ts";
import type { LeaveQuestion } from "../lib/unsaved.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

export function LeaveDialog({ question: { reason, text: lost, answer } }: { question: LeaveQuestion }) {
  const { title, text, leave } = words[reason];
  const isElsewhere = reason === "logged-out-elsewhere";
  return (
    <Dialog
      title={title}
      onClose={() => answer(isElsewhere ? "leave" : "stay")}
      // A user who is logged out can't stay.
      isEasilyClosed={!isElsewhere}
      actions={
        <>
          {isElsewhere ? (
            <Button look="primary" onClick={() => answer("log-in")}>
              {words.logIn}
            </Button>
          ) : (
            <Button look="primary" onClick={() => answer("stay")}>
              {words.stay}
            </Button>
          )}
          <Button onClick={() => answer("leave")}>{leave}</Button>
        </>
      }
    >
      <p>{lost ?? text}</p>
    </Dialog>
  );
}
