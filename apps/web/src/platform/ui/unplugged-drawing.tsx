import classes from "./drawings.module.css";

/** A cable that is pulled out. */
export function UnpluggedDrawing() {
  return (
    <svg viewBox="0 0 180 120" className={classes.drawing} aria-hidden="true">
      <path className={classes.line} d="M6 92C30 92 28 62 52 62M174 40C150 40 152 62 128 62M75 56h9M75 68h9" />
      <path className={classes.mid} d="M52 48h22v28H52z" />
      <path className={classes.soft} d="M106 48h22v28h-22z" />
    </svg>
  );
}
