import type { ReactNode } from "react";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { SidePage } from "../../platform/ui/side-page.tsx";
import { DataIcon, ProfileIcon, SecurityIcon, StoreIcon } from "../../platform/ui/work-icons.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { settingsWords as words } from "../../words/settings.ts";
import { paths } from "../paths.ts";
import classes from "./settings-page.module.css";

const TABS = [
  { to: paths.profile, text: words.tabs.profile, Icon: ProfileIcon },
  { to: paths.storeSettings, text: words.tabs.store, Icon: StoreIcon },
  { to: paths.security, text: words.tabs.security, Icon: SecurityIcon },
  { to: paths.ownData, text: words.tabs.ownData, Icon: DataIcon },
];

/** The common frame of the settings pages, with their navigation. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  const user = useSession().data?.user ?? null;
  const hasStore = useMaySell(user) !== false && user?.store != null;
  const tabs = hasStore ? TABS : TABS.filter(({ to }) => to !== paths.storeSettings);
  return (
    <SidePage label={words.label} groups={[{ links: tabs }]}>
      <div className={classes.content}>
        <PageHeading className={classes.title}>{title}</PageHeading>
        {children}
      </div>
    </SidePage>
  );
}
