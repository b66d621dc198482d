import type { ReactNode } from "react";
import classes from "./icons.module.css";

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function EyeIcon() {
  return (
    <Icon>
      <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10Z" />
      <circle cx="10" cy="10" r="2.4" />
    </Icon>
  );
}

export function EyeOffIcon() {
  return (
    <Icon>
      <path d="M3 3l14 14M8 4.8A8 8 0 0 1 10 4.5c5.2 0 8.2 5.5 8.2 5.5a14 14 0 0 1-2.4 3M12 15.2a8 8 0 0 1-2 .3C4.800 15.500 1.800 10 1.800 10a14 14 0 0 1 3-3.600" />
      <path d="M8.300 8.300a2.400 2.400 0 0 0 3.400 3.400" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="9" cy="9" r="5.500" />
      <path d="M13.200 13.200 17.500 17.500" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M5 5l10 10M15 5 5 15" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="M4.500 10.500 8.200 14 15.500 6.200" />
    </Icon>
  );
}

export function LaptopIcon() {
  return (
    <Icon>
      <rect x="4" y="4" width="12" height="8.500" rx="1.200" />
      <path d="M2 15.500h16" />
    </Icon>
  );
}

export function PhoneIcon() {
  return (
    <Icon>
      <rect x="5.800" y="2.200" width="8.400" height="15.600" rx="1.800" />
      <path d="M9 15h2" />
    </Icon>
  );
}

export function KeyIcon() {
  return (
    <Icon>
      <circle cx="6.500" cy="10" r="3.500" />
      <path d="M10 10h8M15 10v3M17.800 10v2" />
    </Icon>
  );
}

/** The logo: a fork in the road, shaped like a Y. */
export function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" className={classes.ground} />
      <path d="M9 8l7 8.500V25M23 8l-7 8.500" className={classes.road} />
      <circle cx="16" cy="16.500" r="1.700" className={classes.crossing} />
    </svg>
  );
}
