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
  /** The buttons. The first one is the usual choice and takes the focus. */
  actions: ReactNode;
  onClose: () => void;
  /** True if Escape or a click outside closes it. False where an accidental one must not decide. */
  isEasilyClosed?: boolean;
  /** Makes the dialog a form; called on submit. */
  onSubmit?: (event: FormEvent) => void;
}

/** A modal question. It is heavy: load the component that shows it on demand. */
export function Dialog({ title, children, actions, onClose, isEasilyClosed = true, onSubmit }: DialogProps) {
  const content = useFocusKept();
  return (
    // Assembled from parts, because the complete dialog puts its title into a second <header>, a wrong landmark.
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={isEasilyClosed}
      closeOnClickOutside={isEasilyClosed}
      centered
      // Wide enough for three buttons in a row.
      size="30rem"
      // Locking would write a style element without the nonce.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay className={classes.scrim ?? ""} />
      <Modal.Content ref={content} radius="lg" className={classes.content ?? ""}>
        <Modal.Body className={classes.body}>
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

/**
 * Keeps the focus in the front dialog. When the dialog is removed, the focus returns to the element that had it before,
 * or that requested it meanwhile, such as the heading of a page that opened behind. Mantine restores it when a dialog
 * closes, but not when it is unmounted.
 */
function useFocusKept() {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    // Before any element in the dialog can take the focus.
    before.current = document.activeElement;
    let last: HTMLElement | null = null;
    function keepFocus({ target }: FocusEvent) {
      const dialog = content.current;
      if (!(target instanceof HTMLElement)) return;
      if (dialog?.contains(target)) last = target;
      else if (dialog === null || isInFront(dialog)) {
        before.current = target;
        (last?.isConnected ? last : dialog)?.focus({ preventScroll: true });
      }
    }
    document.addEventListener("focusin", keepFocus);
    return () => document.removeEventListener("focusin", keepFocus);
  }, []);
  // After its removal from the page, when a dialog behind it is in front.
  useEffect(
    () => () => {
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    },
    [],
  );
  return content;
}

function isInFront(dialog: Element): boolean {
  return [...document.querySelectorAll('[aria-modal="true"]')].at(-1) === dialog;
}
