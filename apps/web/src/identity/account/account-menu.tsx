import { Menu } from "@mantine/core";
import type { User } from "@yumroad/contract";
import type { ComponentType } from "react";
import { Link } from "react-router-dom";
import { DropMenu } from "../../platform/ui/drop-menu.tsx";
import { LogOutIcon } from "../../platform/ui/work-icons.tsx";
import { accountWords } from "../../words/account.ts";
import classes from "./account-menu.module.css";

const words = accountWords.menu;

interface Group {
  links: readonly { to: string; text: string; Icon: ComponentType }[];
}

interface AccountMenuProps {
  user: User;
  groups: readonly Group[];
  onLogOut: () => void;
}

export function AccountMenu({ user, groups, onLogOut }: AccountMenuProps) {
  return (
    <DropMenu
      width={256}
      target={
        <button type="button" className={classes.target} aria-label={words.label} title={user.name}>
          <span aria-hidden="true">{initialOf(user.name)}</span>
        </button>
      }
    >
      <Menu.Label>
        <span className={classes.name}>{user.name}</span>
        <span className={classes.email}>{user.email}</span>
      </Menu.Label>
      <Menu.Divider />
      {groups.map((group, index) => (
        <LinksOf key={group.links[0]?.to} links={group.links} place={index} />
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<LogOutIcon />} onClick={onLogOut}>
        {words.logOut}
      </Menu.Item>
    </DropMenu>
  );
}

function LinksOf({ links, place }: Group & { place: number }) {
  return (
    <>
      {place > 1 && <Menu.Divider />}
      {links.map(({ to, text, Icon }, index) => (
        <Menu.Item
          key={to}
          component={Link}
          to={to}
          leftSection={<Icon />}
          data-autofocus={(place === 0 && index === 0) || undefined}
        >
          {text}
        </Menu.Item>
      ))}
    </>
  );
}

function initialOf(name: string): string {
  const [first = "?"] = new Intl.Segmenter().segment(name.trim());
  return typeof first === "string" ? first : first.segment.toLocaleUpperCase();
}
