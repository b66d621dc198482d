import type { ReactNode } from "react";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import classes from "./card-layout.module.css";

interface CardLayoutProps {
  title: string;
  /** The page replaces a part that had the focus (see `PageHeading`). Give it a key of its own. */
  isAnswer?: boolean;
  above?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}

/** A narrow page with one task, on a card. */
export function CardLayout({ title, isAnswer = false, above, children, below }: CardLayoutProps) {
  return (
    <div className={classes.page}>
      <PageHeading className={classes.title} isAnswer={isAnswer}>
        {title}
      </PageHeading>
      {above}
      <div className={classes.sheet}>{children}</div>
      {below !== undefined && <div className={classes.below}>{below}</div>}
    </div>
  );
}
