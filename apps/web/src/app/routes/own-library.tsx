import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { libraryQuery } from "../../sales/library/api.ts";
import { LibraryList } from "../../sales/library/library-list.tsx";
import { libraryWords } from "../../words/library.ts";
import { paths } from "../paths.ts";
import classes from "./own-library.module.css";

/** What the user has bought, and the way to what they bought without logging in. */
export function OwnLibrary() {
  const library = useInfiniteQuery(libraryQuery());
  return (
    <>
      <LibraryList
        result={library}
        orderLinkTo={({ ref }) => paths.order(ref)}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          <EmptyState
            drawing={<ShelfDrawing />}
            text={libraryWords.empty}
            action={<LinkButton to={paths.browse}>{libraryWords.browse}</LinkButton>}
          />
        }
      />
      <p className={classes.hint}>
        <Rich text={libraryWords.findPurchases} parts={{ a: (text) => <Link to={paths.findPurchases}>{text}</Link> }} />
      </p>
    </>
  );
}
