import classes from "./stat-tiles.module.css";

interface Stat {
  name: string;
  value: string | number;
  /** A line about the number. */
  line?: string;
}

/** Numbers at a glance, each with its name. */
export function StatTiles({ stats }: { stats: readonly Stat[] }) {
  return (
    <dl className={classes.tiles}>
      {stats.map(({ name, value, line }) => (
        <div key={name} className={classes.tile}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{value}</dd>
          {line !== undefined && <dd className={classes.line}>{line}</dd>}
        </div>
      ))}
    </dl>
  );
}
