import type { ComponentType, ReactNode } from "react";
import { NavLink } from "react-router-dom";
import classes from "./side-page.module.css";

export interface SideLink {
  to: string;
  text: string;
  Icon: ComponentType;
  /** Begins a group, below a line. */
  isApart?: boolean;
  /** The addresses below belong to other pages of the navigation. */
  isExact?: boolean;
}

interface SidePageProps {
  label: string;
  links: readonly SideLink[];
  /** The header's menu has the links too: on a phone, where they would stand before the page, they are left out. */
  isInMenu?: boolean;
  children: ReactNode;
}

/** A page with its neighbours at the side, from a tablet's width on. */
export function SidePage({ label, links, isInMenu = false, children }: SidePageProps) {
  return (
    <div className={classes.page}>
      <nav className={classes.nav} data-in-menu={isInMenu || undefined} aria-label={label}>
        {links.map(({ to, text, Icon, isApart = false, isExact = false }) => (
          <NavLink key={to} to={to} end={isExact} className={() => classes.link} data-apart={isApart || undefined}>
            <Icon />
            {text}
          </NavLink>
        ))}
      </nav>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
