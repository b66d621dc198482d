import type { ReactNode } from "react";
import { NavLink } from "react-router-dom";
import { PageHeading } from "../../components/page-heading.tsx";
import { paths } from "../paths.ts";
import classes from "./settings-page.module.css";

const TABS = [
  { to: paths.profile, text: "Profile" },
  { to: paths.security, text: "Security" },
  { to: paths.ownData, text: "Your data" },
];

/** The common frame of the settings pages, with their navigation. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <nav className={classes.tabs} aria-label="Settings">
        {TABS.map(({ to, text }) => (
          <NavLink key={to} to={to} className={() => classes.tab}>
            {text}
          </NavLink>
        ))}
      </nav>
      <div className={classes.content}>
        <PageHeading className={classes.title}>{title}</PageHeading>
        {children}
      </div>
    </div>
  );
}
