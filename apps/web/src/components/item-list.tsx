import { type ReactNode, useEffect, useRef } from "react";
import classes from "./item-list.module.css";

interface ItemListProps {
  label: string;
  count: number;
  /** What is said when there are none. */
  empty: string;
  children: ReactNode;
}

/** A list of things of one's own. It takes the focus when the one that had it has gone from the list. */
export function ItemList({ label, count, empty, children }: ItemListProps) {
  const box = useRef<HTMLDivElement>(null);
  const last = useRef(count);
  useEffect(() => {
    if (count < last.current && document.activeElement === document.body) box.current?.focus();
    last.current = count;
  }, [count]);
  return (
    <div ref={box} tabIndex={-1} className={classes.box}>
      {count === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul aria-label={label} className={classes.list}>
          {children}
        </ul>
      )}
    </div>
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
