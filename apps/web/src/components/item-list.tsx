import type { ReactNode } from "react";
import classes from "./item-list.module.css";

/** A list of things of one's own, with a picture, a few lines and a button each. */
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
  /** What there is to say about it, a line each. */
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
