import classes from "./icon.module.css";

/** An icon of these paths. The shapes are Lucide's (ISC licence), their size and weight are in the style sheet. */
export function icon(...paths: readonly string[]) {
  return function Icon() {
    return (
      <svg viewBox="0 0 24 24" className={classes.icon} aria-hidden="true">
        {paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
    );
  };
}
