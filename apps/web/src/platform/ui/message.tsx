import type { ReactNode } from "react";
import classes from "./message.module.css";

/** A message in the flow of a page, announced politely. */
export function Message({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={classes.message}>
      {children}
    </div>
  );
}
