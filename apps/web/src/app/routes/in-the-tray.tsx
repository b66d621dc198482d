import { Link } from "react-router-dom";
import { useSite } from "../../shop/api.ts";
import { paths } from "../paths.ts";

/** The local demo keeps mails in its tray instead of sending them. */
export function InTheTray() {
  const site = useSite();
  if (!site.data?.hasMailTray) return null;
  return (
    <p>
      This is a demo, whose mails stay in the <Link to={paths.outbox}>mail tray</Link>.
    </p>
  );
}
