import { Menu } from "@mantine/core";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";
import type { ReactNode } from "react";
import classes from "./drop-menu.module.css";

interface DropMenuProps {
  /** The button that opens the menu. */
  target: ReactNode;
  width?: number;
  /** The items. The one with `data-autofocus` takes the focus. */
  children: ReactNode;
}

/** A menu below its button. */
export function DropMenu({ target, width, children }: DropMenuProps) {
  return (
    <Menu
      position="bottom-end"
      radius="md"
      shadow="md"
      {...(width !== undefined && { width })}
      classNames={{ dropdown: classes.dropdown ?? "", item: classes.item ?? "" }}
      // Enters by a style sheet's animation: Mantine's would hold the focus back until it ends.
      transitionProps={{ duration: 0 }}
      hideDetached={false}
      withinPortal={false}
      // The first item takes the focus; Mantine's placeholder for it is an element that a menu may not contain.
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
