import { Menu } from "@mantine/core";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";
import type { User } from "@yumroad/contract";
import type { ComponentType } from "react";
import { Link } from "react-router-dom";
import { LogOutIcon } from "../../platform/ui/work-icons.tsx";
import { accountWords } from "../../words/account.ts";
import classes from "./account-menu.module.css";

const words = accountWords.menu;

interface AccountMenuProps {
  user: User;
  links: readonly { to: string; text: string; Icon: ComponentType }[];
  onLogOut: () => void;
}

export function AccountMenu({ user, links, onLogOut }: AccountMenuProps) {
  return (
    <Menu
      position="bottom-end"
      width={256}
      radius="md"
      shadow="md"
      classNames={{ dropdown: classes.dropdown ?? "", item: classes.item ?? "" }}
      // Enters by a style sheet's animation: Mantine's would hold the focus back until it ends.
      transitionProps={{ duration: 0 }}
      hideDetached={false}
      withinPortal={false}
      // The first item takes the focus; Mantine's placeholder for it is an element that a menu may not contain.
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className={classes.target} aria-label={words.label} title={user.name}>
          <span aria-hidden="true">{initialOf(user.name)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.name}>{user.name}</span>
          <span className={classes.email}>{user.email}</span>
        </Menu.Label>
        <Menu.Divider />
        {links.map(({ to, text, Icon }, index) => (
          <Menu.Item key={to} component={Link} to={to} leftSection={<Icon />} data-autofocus={index === 0 || undefined}>
            {text}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOutIcon />} onClick={onLogOut}>
          {words.logOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialOf(name: string): string {
  const [first = "?"] = new Intl.Segmenter().segment(name.trim());
  return typeof first === "string" ? first : first.segment.toLocaleUpperCase();
}
