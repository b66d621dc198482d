import type { ReactNode } from "react";
import { Button, type ButtonLook } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The texts of the two buttons: the action, and its alternative. */
  confirm: string;
  cancel: string;
  /** The look of the action; by default one that destroys something. */
  look?: ButtonLook;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before an irreversible action. Cancel has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, cancel, look = "danger", onConfirm, onClose } = props;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button look={look} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
