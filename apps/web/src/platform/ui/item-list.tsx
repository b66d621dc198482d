import type { ReactNode } from "react";
import classes from "./item-list.module.css";

/** A list of the user's things, each with a picture, a few lines and a button. */
export function ItemList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className={classes.list}>
      {children}
    </ul>
  );
}

interface ItemProps {
  icon: ReactNode;
  name: ReactNode;
  /** The lines of text. */
  lines: readonly ReactNode[];
  action?: ReactNode;
}

export function Item({ icon, name, lines, action }: ItemProps) {
  return (
    <li className={classes.item}>
      <span className={classes.icon}>{icon}</span>
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        {lines.map((line, index) => (
          <p key={index} className={classes.line}>
            {line}
          </p>
        ))}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </li>
  );
}
