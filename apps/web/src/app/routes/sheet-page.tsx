import type { ReactNode } from "react";
import { PageHeading } from "../../components/page-heading.tsx";
import classes from "./sheet-page.module.css";

interface SheetPageProps {
  title: string;
  above?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}

/** A narrow page with one thing to do, on a sheet. */
export function SheetPage({ title, above, children, below }: SheetPageProps) {
  return (
    <div className={classes.page}>
      <PageHeading className={classes.title}>{title}</PageHeading>
      {above}
      <div className={classes.sheet}>{children}</div>
      {below !== undefined && <div className={classes.below}>{below}</div>}
    </div>
  );
}
