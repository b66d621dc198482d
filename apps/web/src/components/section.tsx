import { type ReactNode, useId } from "react";
import classes from "./section.module.css";

interface SectionProps {
  title: string;
  /** What it is about, in a sentence. */
  hint?: ReactNode;
  children: ReactNode;
}

/** A part of a page about one matter. */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
      {children}
    </section>
  );
}
