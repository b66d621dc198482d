import { LinkButton } from "../../platform/ui/button.tsx";
import { LostDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { paths } from "../paths.ts";
import classes from "./not-found.module.css";

export function NotFoundPage() {
  return (
    <div className={classes.page}>
      <div className={classes.drawing}>
        <LostDrawing />
      </div>
      <PageHeading className={classes.title} title="Not found">
        This road leads nowhere
      </PageHeading>
      <p className={classes.text}>There is no page at this address. It may have moved, or never been here.</p>
      <div className={classes.actions}>
        <LinkButton to={paths.home} look="primary">
          Go home
        </LinkButton>
        <LinkButton to={paths.browse}>Browse products</LinkButton>
      </div>
    </div>
  );
}
