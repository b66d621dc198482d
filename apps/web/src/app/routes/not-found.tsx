import { LinkButton } from "../../platform/ui/button.tsx";
import { LostDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { notFoundWords as words } from "../../words/not-found.ts";
import { paths } from "../paths.ts";
import classes from "./not-found.module.css";

export function NotFoundPage() {
  return (
    <div className={classes.page}>
      <div className={classes.drawing}>
        <LostDrawing />
      </div>
      <PageHeading className={classes.title} title={words.tab}>
        {words.title}
      </PageHeading>
      <p className={classes.text}>{words.text}</p>
      <div className={classes.actions}>
        <LinkButton to={paths.home} look="primary">
          {words.home}
        </LinkButton>
        <LinkButton to={paths.browse}>{words.browse}</LinkButton>
      </div>
    </div>
  );
}
