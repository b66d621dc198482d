import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { LibraryItem, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { Cover } from "../../catalog/products/cover.tsx";
import { formatDate } from "../../platform/lib/format.ts";
import { Badge } from "../../platform/ui/badge.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { libraryWords } from "../../words/library.ts";
import type { LibraryPart } from "./api.ts";
import classes from "./library-list.module.css";

const words = libraryWords.list;

interface LibraryListProps {
  result: UseInfiniteQueryResult<InfiniteData<LibraryPart>>;
  orderLinkTo: (item: LibraryItem) => string;
  storeLinkTo: (store: StoreRef) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
}

export function LibraryList({ result, orderLinkTo, storeLinkTo, empty }: LibraryListProps) {
  const bought = result.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagedList result={result} count={bought.length} noun={[words.one, words.many]} focusable="li" empty={empty}>
      <ul aria-label={words.label} className={classes.list}>
        {bought.map((item) => (
          <Purchase key={item.ref} item={item} to={orderLinkTo(item)} storeLinkTo={storeLinkTo} />
        ))}
      </ul>
    </PagedList>
  );
}

interface PurchaseProps {
  item: LibraryItem;
  to: string;
  storeLinkTo: (store: StoreRef) => string;
}

function Purchase({ item: { coverUrl, items, store, paidAt, hasAccess }, to, storeLinkTo }: PurchaseProps) {
  const names = items.map(({ name }) => name).join(", ");
  return (
    // Focusable, as the first of the newly loaded items.
    <li tabIndex={-1} className={classes.item}>
      <div className={classes.cover}>
        <Cover slug={items[0]?.slug ?? ""} coverUrl={coverUrl} />
      </div>
      <div className={classes.words}>
        <p dir="auto" className={classes.name}>
          {names}
          {!hasAccess && <Badge>{words.accessEnded}</Badge>}
        </p>
        <p className={classes.line}>
          <Link to={storeLinkTo(store)}>
            <bdi>{store.name}</bdi>
          </Link>{" "}
          · <time dateTime={paidAt}>{formatDate(paidAt)}</time>
        </p>
      </div>
      <LinkButton to={to} look="primary" className={classes.open}>
        {words.open} <span className="visually-hidden">{names}</span>
      </LinkButton>
    </li>
  );
}
