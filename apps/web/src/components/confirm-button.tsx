import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button, type ButtonLook } from "./button.tsx";

const ConfirmDialog = lazy(async () => ({ default: (await import("./confirm-dialog.tsx")).ConfirmDialog }));

interface ConfirmButtonProps {
  /** What the button says; it ends in "…", since it asks first. */
  text: string;
  /** For whom there are many of them: which one this is. */
  label?: string;
  question: { title: string; text: ReactNode; confirm: string; cancel: string };
  isBusy: boolean;
  look?: ButtonLook;
  size?: "sm" | "md";
  onConfirm: () => void;
}

/**
 * A button that asks before it acts. The question is gone by the time it acts: what comes of it shows beside the
 * button, and nothing is in the way of the question whether it is you.
 */
export function ConfirmButton({
  text,
  label,
  question,
  isBusy,
  look = "plain",
  size = "md",
  onConfirm,
}: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const { title, text: words, confirm, cancel } = question;
  return (
    <>
      <Button
        look={look}
        size={size}
        isBusy={isBusy}
        {...(label === undefined ? {} : { label })}
        onClick={() => setAsking(true)}
      >
        {text}
      </Button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={title}
            confirm={confirm}
            cancel={cancel}
            onClose={() => setAsking(false)}
            onConfirm={() => {
              setAsking(false);
              onConfirm();
            }}
          >
            {words}
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
