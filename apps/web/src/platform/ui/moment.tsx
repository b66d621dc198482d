import { formatAgo, formatMoment } from "../lib/format.ts";
import { useServerNow } from "../lib/server-clock.ts";

/** A relative time, with the exact one as a tooltip. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatAgo(at, useServerNow())}
    </time>
  );
}

/** An exact time. */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{formatMoment(at)}</time>;
}
