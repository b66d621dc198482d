import type { ReactNode } from "react";
import { DropMenu } from "./drop-menu.tsx";
import classes from "./row-menu.module.css";
import { MoreIcon } from "./work-icons.tsx";

/** The actions of one row of a table. */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  const target = (
    <button type="button" className={classes.target} aria-label={label}>
      <MoreIcon />
    </button>
  );
  return <DropMenu target={target}>{children}</DropMenu>;
}
