import { icon } from "./icon.tsx";
import classes from "./icons.module.css";

export const SearchIcon = icon("m21 21-4.34-4.34", "M19 11a8 8 0 1 1-16 0a8 8 0 1 1 16 0");
export const CloseIcon = icon("M18 6 6 18", "m6 6 12 12");
export const EyeIcon = icon(
  "M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0",
  "M15 12a3 3 0 1 1-6 0a3 3 0 1 1 6 0",
);
export const EyeOffIcon = icon(
  "M10.733 5.076a10.744 10.744 0 0 1 11.205 6.575 1 1 0 0 1 0 .696 10.747 10.747 0 0 1-1.444 2.49",
  "M14.084 14.158a3 3 0 0 1-4.242-4.242",
  "M17.479 17.499a10.75 10.75 0 0 1-15.417-5.151 1 1 0 0 1 0-.696 10.75 10.75 0 0 1 4.446-5.143",
  "m2 2 20 20",
);
export const CheckIcon = icon("M20 6 9 17l-5-5");
export const KeyIcon = icon(
  "M2.586 17.414A2 2 0 0 0 2 18.828V21a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h1a1 1 0 0 0 1-1v-1a1 1 0 0 1 1-1h.172a2 2 0 0 0 1.414-.586l.814-.814a6.5 6.5 0 1 0-4-4z",
  "M17 7.5a.5 .5 0 1 1-1 0a.5 .5 0 1 1 1 0",
);
export const LaptopIcon = icon(
  "M18 5a2 2 0 0 1 2 2v8.526a2 2 0 0 0 .212.897l1.068 2.127a1 1 0 0 1-.9 1.45H3.62a1 1 0 0 1-.9-1.45l1.068-2.127A2 2 0 0 0 4 15.526V7a2 2 0 0 1 2-2z",
  "M20.054 15.987H3.946",
);
export const PhoneIcon = icon(
  "M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-16a2 2 0 0 1 2-2z",
  "M12 18h.01",
);

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
