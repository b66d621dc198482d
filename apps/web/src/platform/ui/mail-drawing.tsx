import classes from "./drawings.module.css";

/** A letter. */
export function MailDrawing() {
  return (
    <svg viewBox="0 0 180 120" className={classes.drawing} aria-hidden="true">
      <circle className={classes.accent} cx="136" cy="32" r="16" />
      <rect className={classes.soft} x="34" y="34" width="104" height="68" rx="6" />
      <path className={classes.line} d="M34 42l52 34 52-34" />
      <path className={classes.dashed} d="M8 60h14M4 76h18" />
    </svg>
  );
}
