import { Modal } from "@mantine/core";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import type { LeaveQuestion } from "../lib/unsaved.ts";
import { Button } from "./button.tsx";
import classes from "./leave-dialog.module.css";

const texts = {
  navigation: { title: "Leave without saving?", text: "What you typed here has not been saved." },
  "log-out": { title: "Log out without saving?", text: "What you typed here has not been saved, and will be gone." },
  "logged-out-elsewhere": {
    title: "You are logged out",
    text: "You logged out in another tab. What you typed here has not been saved.",
  },
} as const;

export function LeaveDialog({ question: { reason, answer } }: { question: LeaveQuestion }) {
  const { title, text } = texts[reason];
  const isElsewhere = reason === "logged-out-elsewhere";
  return (
    // In parts: the dialog as one piece puts its title into a second <header>, a landmark that is none.
    <Modal.Root
      opened
      onClose={() => answer(isElsewhere ? "leave" : "stay")}
      // Where there is no staying, a stray Escape or click must not decide.
      closeOnEscape={!isElsewhere}
      closeOnClickOutside={!isElsewhere}
      centered
      // Locking it writes a style element that knows nothing of our nonce.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <Modal.Body className={classes.body}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <p>{text}</p>
          <div className={classes.actions}>
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
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
