import { type ReactNode, useEffect, useId, useRef } from "react";
import classes from "./section.module.css";

interface SectionProps {
  title: string;
  /** What it is about, in a sentence. */
  hint?: ReactNode;
  children: ReactNode;
}

/**
 * A part of a page about one matter. Its heading takes the focus when what had it in here has gone: the button of
 * something that was removed, a step that is done.
 */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const hasFocus = useRef(false);
  useEffect(() => {
    // Nobody hears of it when an element goes with the focus; it falls to the body.
    if (hasFocus.current && document.activeElement === document.body) heading.current?.focus();
  });
  return (
    <section
      className={classes.section}
      aria-labelledby={id}
      onFocus={() => {
        hasFocus.current = true;
      }}
      onBlur={() => {
        hasFocus.current = false;
      }}
    >
      <div>
        <h2 ref={heading} id={id} tabIndex={-1} className={classes.title}>
          {title}
        </h2>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
      {children}
    </section>
  );
}
