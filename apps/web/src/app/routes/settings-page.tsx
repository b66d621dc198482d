import type { ReactNode } from "react";
import { NavLink } from "react-router-dom";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { settingsWords as words } from "../../words/settings.ts";
import { paths } from "../paths.ts";
import classes from "./settings-page.module.css";

const TABS = [
  { to: paths.profile, text: words.tabs.profile },
  { to: paths.storeSettings, text: words.tabs.store },
  { to: paths.security, text: words.tabs.security },
  { to: paths.ownData, text: words.tabs.ownData },
];

/** The common frame of the settings pages, with their navigation. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  const user = useSession().data?.user ?? null;
  const hasStore = useMaySell(user) !== false && user?.store != null;
  const tabs = hasStore ? TABS : TABS.filter(({ to }) => to !== paths.storeSettings);
  return (
    <div className={classes.page}>
      <nav className={classes.tabs} aria-label={words.label}>
        {tabs.map(({ to, text }) => (
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
