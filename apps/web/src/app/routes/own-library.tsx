import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { libraryQuery } from "../../sales/library/api.ts";
import { LibraryList } from "../../sales/library/library-list.tsx";
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
            text="Nothing bought yet"
            action={<LinkButton to={paths.browse}>Browse products</LinkButton>}
          />
        }
      />
      <p className={classes.hint}>
        Bought without logging in? <Link to={paths.findPurchases}>Find your purchases</Link>
      </p>
    </>
  );
}
