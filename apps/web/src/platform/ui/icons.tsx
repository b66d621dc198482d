import { icon } from "./icon.tsx";
import classes from "./icons.module.css";

export const SearchIcon = icon("m21 21-4.34-4.34", "M19 11a8 8 0 1 1-16 0a8 8 0 1 1 16 0");
export const CloseIcon = icon("M18 6 6 18", "m6 6 12 12");

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
