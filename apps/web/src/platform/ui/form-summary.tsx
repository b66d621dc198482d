import { useEffect, useRef } from "react";
import classes from "./form-summary.module.css";
import type { FormProblem } from "./use-form.ts";

/** The problems of a form, above it. It takes the focus, so that it is read out and the fields are one step away. */
export function FormSummary({ problem }: { problem: FormProblem | null }) {
  const box = useRef<HTMLDivElement>(null);
  const attempt = problem?.attempt;
  useEffect(() => {
    if (attempt !== undefined) box.current?.focus();
  }, [attempt]);
  if (problem === null) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={classes.summary}>
      <p className={classes.text}>{problem.text}</p>
      {problem.fields.length > 1 && (
        <ul className={classes.fields}>
          {problem.fields.map(({ id, message }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => {
                  // The address must not change: its fragment belongs to the page.
                  event.preventDefault();
                  document.getElementById(id)?.focus();
                }}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
