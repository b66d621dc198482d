import classes from "./stat-tiles.module.css";

/** Numbers at a glance, each with its name. */
export function StatTiles({ stats }: { stats: readonly { name: string; value: string | number }[] }) {
  return (
    <dl className={classes.tiles}>
      {stats.map(({ name, value }) => (
        <div key={name} className={classes.tile}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
