import { Link } from "react-router-dom";
import classes from "./tabs.module.css";

export interface Tab {
  to: string;
  text: string;
  isCurrent: boolean;
}

/** Views of one page, each with an address of its own. Back leads away from the page, not through its views. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ to, text, isCurrent }) => (
        <Link key={to} to={to} replace className={classes.tab} aria-current={isCurrent ? "page" : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
