import { type ComponentType, type ReactNode, useId } from "react";
import { NavLink } from "react-router-dom";
import classes from "./side-page.module.css";

export interface SideLink {
  to: string;
  text: string;
  Icon: ComponentType;
  /** The addresses below belong to other pages of the navigation. */
  isExact?: boolean;
}

export interface LinkGroup {
  /** Its name; left out: the links need none. */
  name?: string | undefined;
  links: readonly SideLink[];
}

interface SidePageProps {
  label: string;
  groups: readonly LinkGroup[];
  /** The header's menu has the links too: on a phone, where they would stand before the page, they are left out. */
  isInMenu?: boolean;
  children: ReactNode;
}

/** A page with its neighbours at the side, from a tablet's width on. */
export function SidePage({ label, groups, isInMenu = false, children }: SidePageProps) {
  return (
    <div className={classes.page}>
      <nav className={classes.nav} data-in-menu={isInMenu || undefined} aria-label={label}>
        {groups.map(({ name, links }) => (
          <Group key={links[0]?.to} name={name} links={links} />
        ))}
      </nav>
      <div className={classes.content}>{children}</div>
    </div>
  );
}

function Group({ name, links }: LinkGroup) {
  const id = useId();
  const items = links.map(({ to, text, Icon, isExact = false }) => (
    <NavLink key={to} to={to} end={isExact} className={() => classes.link}>
      <Icon />
      {text}
    </NavLink>
  ));
  if (name === undefined) return <div className={classes.group}>{items}</div>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-labelledby={id} className={classes.group}>
      <p id={id} className={classes.groupName}>
        {name}
      </p>
      {items}
    </div>
  );
}
