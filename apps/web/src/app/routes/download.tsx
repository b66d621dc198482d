import { LinkButton } from "../../platform/ui/button.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { UnpluggedDrawing } from "../../platform/ui/unplugged-drawing.tsx";
import { downloadWords as words } from "../../words/downloads.ts";
import { paths } from "../paths.ts";
import classes from "./not-found.module.css";

/** What people see at the address of a download that can't go on. A download that can is no page. */
export function DownloadPage() {
  return (
    <div className={classes.page}>
      <div className={classes.drawing}>
        <UnpluggedDrawing />
      </div>
      <PageHeading className={classes.title}>{words.title}</PageHeading>
      <p className={classes.text}>{words.text}</p>
      <div className={classes.actions}>
        <LinkButton to={paths.findPurchases} look="primary">
          {words.findPurchases}
        </LinkButton>
        <LinkButton to={paths.library}>{words.library}</LinkButton>
      </div>
    </div>
  );
}
