import { Link } from "react-router-dom";
import { Rich } from "../../platform/ui/rich.tsx";
import { useSite } from "../../shop/api.ts";
import { demoWords as words } from "../../words/demo.ts";
import { paths } from "../paths.ts";

/** The local demo keeps mails in its tray instead of sending them. */
export function InTheTray() {
  const site = useSite();
  if (!site.data?.hasMailTray) return null;
  return (
    <p>
      <Rich text={words.inbox} parts={{ a: (text) => <Link to={paths.outbox}>{text}</Link> }} />
    </p>
  );
}
