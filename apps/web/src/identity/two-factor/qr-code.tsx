import { generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";
import classes from "./qr-code.module.css";

// Quiet zone that readers need, in modules (ISO/IEC 18004).
const QUIET_ZONE = 4;

/** A text as a QR code, dark on white in both schemes, because many readers reject inverted ones. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const size = code.size + 2 * QUIET_ZONE;
  return (
    <svg
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
      className={classes.code}
    >
      <path d={toSvgPath(code)} className={classes.ink} />
    </svg>
  );
}
