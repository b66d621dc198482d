import type { ReactNode } from "react";
import classes from "./page-header.module.css";

/** The head of a page: its heading, with what can be done on it at the end of the line. */
export function PageHeader({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>{children}</div>
      {action}
    </div>
  );
}
