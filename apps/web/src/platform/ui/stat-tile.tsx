import type { ReactNode } from "react";
import classes from "./stat-tile.module.css";

interface StatTileProps {
  label: string;
  value: string;
  children?: ReactNode;
}

/** A number with its name, and a line about it. Tiles are items of a description list. */
export function StatTile({ label, value, children }: StatTileProps) {
  return (
    <div className={classes.tile}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {children !== undefined && <dd className={classes.line}>{children}</dd>}
    </div>
  );
}
