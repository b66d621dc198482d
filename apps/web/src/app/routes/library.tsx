import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { libraryWords } from "../../words/library.ts";
import { OwnLibrary } from "./own-library.tsx";
import classes from "./own-products.module.css";
import { WorkPage } from "./work-page.tsx";

export function LibraryPage() {
  return (
    <WorkPage>
      <PageHeading className={classes.alone}>{libraryWords.title}</PageHeading>
      <OwnLibrary />
    </WorkPage>
  );
}
