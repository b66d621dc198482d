import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { Section } from "./section.tsx";

interface FormSectionProps {
  title: string;
  hint?: ReactNode;
  /** The button that opens the form: its text, and its accessible name, which begins with the text. */
  open: { text: string; label: string };
  /** What is there now, above the form. */
  current?: ReactNode;
  /** The form. `close` closes it. */
  children: (close: () => void) => ReactNode;
}

/** A section whose form is closed until it is wanted. */
export function FormSection({ title, hint, open, current, children }: FormSectionProps) {
  const [isOpen, setOpen] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(isOpen);
  // The button and the form replace each other, and hand on the focus.
  useEffect(() => {
    if (isOpen === wasOpen.current) return;
    wasOpen.current = isOpen;
    if (isOpen) form.current?.querySelector<HTMLElement>("input:not([hidden])")?.focus();
    else button.current?.querySelector("button")?.focus();
  }, [isOpen]);
  const opener = (
    <div ref={button}>
      <Button size="sm" label={open.label} onClick={() => setOpen(true)}>
        {open.text}
      </Button>
    </div>
  );
  return (
    <Section title={title} hint={hint} action={!isOpen && opener}>
      {current}
      {isOpen && <div ref={form}>{children(() => setOpen(false))}</div>}
    </Section>
  );
}
