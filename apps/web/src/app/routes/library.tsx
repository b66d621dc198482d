import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { OwnLibrary } from "./own-library.tsx";
import classes from "./own-products.module.css";

export function LibraryPage() {
  return (
    <>
      <PageHeading className={classes.alone}>Library</PageHeading>
      <OwnLibrary />
    </>
  );
}
