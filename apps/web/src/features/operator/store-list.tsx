import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { PagedList } from "../../components/paged-list.tsx";
import classes from "./people-list.module.css";
import { StoreItem } from "./store-item.tsx";
import type { StoresPage } from "./stores-api.ts";

interface StoreListProps {
  result: UseInfiniteQueryResult<InfiniteData<StoresPage>>;
  storeLinkTo: (store: StoreRef) => string;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

export function StoreList({ result, storeLinkTo, empty, onDone }: StoreListProps) {
  const stores = result.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagedList result={result} count={stores.length} noun={["store", "stores"]} focusable="li" empty={empty}>
      <ul aria-label="Stores" className={classes.list}>
        {stores.map((store) => (
          <StoreItem key={store.handle} store={store} linkTo={storeLinkTo(store)} onDone={onDone} />
        ))}
      </ul>
    </PagedList>
  );
}
