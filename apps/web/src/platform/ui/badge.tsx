import type { ReactNode } from "react";
import classes from "./badge.module.css";

/** A short label on an item. */
export function Badge({ children, look = "plain" }: { children: ReactNode; look?: "plain" | "good" | "warn" | "bad" }) {
  return (
    <span className={classes.badge} data-look={look}>
      {children}
    </span>
  );
}
