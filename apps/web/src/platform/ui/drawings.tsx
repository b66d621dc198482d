import classes from "./drawings.module.css";

/** An empty shelf. */
export function ShelfDrawing() {
  return (
    <svg viewBox="0 0 180 120" className={classes.drawing} aria-hidden="true">
      <path className={classes.line} d="M14 96H166M26 96V110M154 96V110" />
      <rect className={classes.soft} x="34" y="44" width="16" height="52" rx="3" />
      <rect className={classes.mid} x="54" y="34" width="12" height="62" rx="3" />
      <path className={classes.accent} d="M74 92 92 40l12 4-18 52Z" />
      <circle className={classes.dashed} cx="136" cy="74" r="20" />
    </svg>
  );
}

/** A dead end. */
export function LostDrawing() {
  return (
    <svg viewBox="0 0 180 120" className={classes.drawing} aria-hidden="true">
      <path className={classes.soft} d="M60 116 84 52h12l24 64Z" />
      <path className={classes.dashed} d="M90 112V60" />
      <path className={classes.line} d="M40 50h100" />
      <path className={classes.line} d="M90 49V16" />
      <path className={classes.mid} d="M90 20h40l10 8-10 8H90Z" />
      <circle className={classes.accent} cx="44" cy="28" r="12" />
    </svg>
  );
}

/** A magnifying glass over an empty space. */
export function NothingFoundDrawing() {
  return (
    <svg viewBox="0 0 180 120" className={classes.drawing} aria-hidden="true">
      <circle className={classes.soft} cx="82" cy="54" r="38" />
      <circle className={classes.line} cx="82" cy="54" r="38" />
      <path className={classes.line} d="M110 82l28 26" />
      <path className={classes.dashed} d="M64 54h36" />
      <circle className={classes.accent} cx="146" cy="30" r="9" />
    </svg>
  );
}
