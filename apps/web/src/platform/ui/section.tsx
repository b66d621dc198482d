import { type ReactNode, useId, useRef } from "react";
import classes from "./section.module.css";
import { useFocusCaught } from "./use-focus-caught.ts";

interface SectionProps {
  title: string;
  /** A sentence about the section. */
  hint?: ReactNode;
  /** What can be done with the section as a whole, beside its heading. */
  action?: ReactNode;
  children: ReactNode;
}

/**
 * A section of a page. Its heading takes the focus when the focused element in it is removed, such as the button of a
 * deleted item or a finished step.
 */
export function Section({ title, hint, action, children }: SectionProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const focusEvents = useFocusCaught(heading);
  return (
    <section className={classes.section} aria-labelledby={id} {...focusEvents}>
      <div>
        <div className={classes.head}>
          <h2 ref={heading} id={id} tabIndex={-1} className={classes.title}>
            {title}
          </h2>
          {action}
        </div>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
      {children}
    </section>
  );
}
