import { AbortedError } from "../lib/call.ts";
import { explain } from "../lib/explain.ts";
import classes from "./action-problem.module.css";

/** What went wrong with a press of a button, beside it. Nothing, if the person thought better of it. */
export function ActionProblem({ error, text }: { error: unknown; text: string }) {
  if (error === null || error instanceof AbortedError) return null;
  return (
    <p role="alert" className={classes.problem}>
      {text}. {explain(error)}
    </p>
  );
}
