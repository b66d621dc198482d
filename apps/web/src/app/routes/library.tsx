import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { libraryWords } from "../../words/library.ts";
import { OwnLibrary } from "./own-library.tsx";
import classes from "./own-products.module.css";

export function LibraryPage() {
  return (
    <>
      <PageHeading className={classes.alone}>{libraryWords.title}</PageHeading>
      <OwnLibrary />
    </>
  );
}
