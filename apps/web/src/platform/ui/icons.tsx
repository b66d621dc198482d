import { icon } from "./icon.tsx";
import classes from "./icons.module.css";

export const SearchIcon = icon("m21 21-4.34-4.34", "M19 11a8 8 0 1 1-16 0a8 8 0 1 1 16 0");
export const NoteIcon = icon("M6 2h8l6 6v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2", "M8 13h8M8 17h5M14 2v6h6");
export const LinkIcon = icon(
  "M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71",
  "M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71",
);
export const FileIcon = icon(
  "M6 2h8l6 6v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2",
  "M14 2v6h6M12 11v6M9 14.500l3 3 3-3",
);
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
