import { type ReactNode, useEffect, useId, useRef } from "react";
import classes from "./section.module.css";

interface SectionProps {
  title: string;
  /** A sentence about the section. */
  hint?: ReactNode;
  children: ReactNode;
}

/**
 * A section of a page. Its heading takes the focus when the focused element in it is removed, such as the button of a
 * deleted item or a finished step.
 */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const hasFocus = useRef(false);
  useEffect(() => {
    // There is no event when a focused element is removed; the focus falls to the body.
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
