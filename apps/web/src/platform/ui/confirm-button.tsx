import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button, type ButtonLook } from "./button.tsx";

const ConfirmDialog = lazy(async () => ({ default: (await import("./confirm-dialog.tsx")).ConfirmDialog }));

interface ConfirmButtonProps {
  /** The button's text. It ends in "…", because a question follows. */
  text: string;
  /** The accessible name where there are several such buttons. */
  label?: string;
  question: { title: string; text: ReactNode; confirm: string; cancel: string; look?: ButtonLook };
  isBusy: boolean;
  look?: ButtonLook;
  size?: "sm" | "md";
  onConfirm: () => void;
}

/**
 * A button that asks before it acts. The dialog closes first, so that the result shows beside the button and a
 * re-authentication prompt is not covered.
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
  const { title, text: words, confirm, cancel, look: confirmLook } = question;
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
            {...(confirmLook === undefined ? {} : { look: confirmLook })}
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
