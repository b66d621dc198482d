import { formatAgo, formatMoment } from "../lib/format.ts";
import { serverNow } from "../lib/server-clock.ts";

/** When something was: how long ago, and exactly for who asks. */
export function Ago({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatAgo(at, serverNow())}
    </time>
  );
}

/** When something was, exactly. */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{formatMoment(at)}</time>;
}
