import { Button as MantineButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, type LinkProps } from "react-router-dom";
import { useDelayed } from "../lib/delayed.ts";
import classes from "./button.module.css";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";
type Size = "sm" | "md" | "lg";

const variants = { primary: "filled", plain: "default", quiet: "subtle", danger: "danger" } as const;

interface ButtonProps {
  children: ReactNode;
  look?: ButtonLook;
  size?: Size;
  fullWidth?: boolean;
  /** The action is running: the button ignores clicks, and shows the state if it takes longer than a moment. */
  isBusy?: boolean;
  type?: "button" | "submit";
  /** The accessible name where several buttons have the same text. It begins with the visible words. */
  label?: string;
  onClick?: () => void;
}

const parts = { root: classes.button ?? "", label: classes.words ?? "" };

export function Button({
  children,
  look = "plain",
  size = "md",
  fullWidth = false,
  isBusy = false,
  type = "button",
  label,
  onClick,
}: ButtonProps) {
  const isSlow = useDelayed(isBusy);
  return (
    <MantineButton
      classNames={parts}
      variant={variants[look]}
      size={size}
      fullWidth={fullWidth}
      type={type}
      // Neither `disabled` nor Mantine's `loading`, which disables: that would take the focus away from the pressed
      // button.
      aria-label={label}
      aria-disabled={isBusy || undefined}
      aria-busy={isSlow || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}
    >
      <span className={classes.label} data-slow={isSlow || undefined}>
        {children}
      </span>
      {isSlow && <span className={classes.spinner} aria-hidden="true" />}
    </MantineButton>
  );
}

interface LinkButtonProps extends Pick<LinkProps, "to" | "state" | "target" | "rel"> {
  children: ReactNode;
  look?: ButtonLook;
  size?: Size;
  className?: string | undefined;
}

/** A link that looks like a button. */
export function LinkButton({ children, look = "plain", size = "md", ...link }: LinkButtonProps) {
  return (
    <MantineButton component={Link} classNames={parts} variant={variants[look]} size={size} {...link}>
      {children}
    </MantineButton>
  );
}
