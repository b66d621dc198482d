import { Modal } from "@mantine/core";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import { type FormEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import classes from "./dialog.module.css";

interface DialogProps {
  title: string;
  children: ReactNode;
  /** The buttons, the one that is usually meant first: it takes the focus. */
  actions: ReactNode;
  onClose: () => void;
  /** Whether Escape or a click beside it closes it. Not where a stray one must not decide. */
  isEasilyClosed?: boolean;
  /** It is a form, and this is what sends it. */
  onSubmit?: (event: FormEvent) => void;
}

/** A question that has to be answered before anything else. It weighs a lot: load what shows it when it is needed. */
export function Dialog({ title, children, actions, onClose, isEasilyClosed = true, onSubmit }: DialogProps) {
  // Mantine gives the focus back to where it was when a dialog closes, not when it goes altogether.
  const before = useRef<Element>(null);
  // Before anything in the dialog can have taken it.
  useLayoutEffect(() => {
    before.current = document.activeElement;
  }, []);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The page behind may have only just come up, and give its heading the focus: that waits until this is closed.
    function keepFocus({ target, relatedTarget }: FocusEvent) {
      if (!(target instanceof HTMLElement) || target.closest('[role="dialog"]')) return;
      before.current = target;
      if (relatedTarget instanceof HTMLElement && box.current?.contains(relatedTarget))
        relatedTarget.focus({ preventScroll: true });
    }
    document.addEventListener("focusin", keepFocus);
    return () => {
      document.removeEventListener("focusin", keepFocus);
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    };
  }, []);
  return (
    // In parts: the dialog as one piece puts its title into a second <header>, a landmark that is none.
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={isEasilyClosed}
      closeOnClickOutside={isEasilyClosed}
      centered
      // Three buttons find room side by side.
      size="30rem"
      // Locking it writes a style element that knows nothing of our nonce.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <Modal.Body ref={box} className={classes.body}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          {onSubmit === undefined ? (
            <>
              {children}
              <div className={classes.actions}>{actions}</div>
            </>
          ) : (
            <form onSubmit={onSubmit} noValidate aria-label={title}>
              {children}
              <div className={classes.actions}>{actions}</div>
            </form>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
