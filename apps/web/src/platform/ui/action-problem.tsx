import { failureWords as words } from "../../words/failures.ts";
import { AbortedError } from "../lib/call.ts";
import { explain } from "../lib/explain.ts";
import classes from "./action-problem.module.css";

/** The failure of a button's action, beside the button. Renders nothing if the user cancelled it. */
export function ActionProblem({ error, text }: { error: unknown; text: string }) {
  if (error === null || error instanceof AbortedError) return null;
  return (
    <p role="alert" className={classes.problem}>
      {words.ofAction(text, explain(error))}
    </p>
  );
}
