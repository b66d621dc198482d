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
  const content = useFocusKept();
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
      <Modal.Content ref={content} radius="lg">
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
 * Keeps the focus in the dialog that is in front. When that goes, the focus is given to what had it before, or has
 * asked for it meanwhile: the heading of a page that came up behind. Mantine gives it back when a dialog closes, not
 * when it goes altogether.
 */
function useFocusKept() {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    // Before anything in the dialog can have taken it.
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
  // Once it has gone from the page, so that a dialog behind it is in front by now.
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
