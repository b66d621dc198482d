import type { LeaveQuestion } from "../lib/unsaved.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

const texts = {
  navigation: { title: "Leave without saving?", text: "What you typed here has not been saved." },
  "log-out": { title: "Log out without saving?", text: "What you typed here has not been saved, and will be gone." },
  "logged-out-elsewhere": {
    title: "You are logged out",
    text: "You logged out in another tab. What you typed here has not been saved.",
  },
} as const;

export function LeaveDialog({ question: { reason, text: lost, answer } }: { question: LeaveQuestion }) {
  const { title, text } = texts[reason];
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
              Log in and keep it
            </Button>
          ) : (
            <Button look="primary" onClick={() => answer("stay")}>
              Stay here
            </Button>
          )}
          <Button onClick={() => answer("leave")}>{reason === "log-out" ? "Log out" : "Leave"}</Button>
        </>
      }
    >
      <p>{lost ?? text}</p>
    </Dialog>
  );
}
