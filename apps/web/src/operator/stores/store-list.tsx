import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import classes from "../../platform/ui/card-list.module.css";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { storesWords } from "../../words/stores.ts";
import type { StoresPage } from "./api.ts";
import { StoreItem } from "./store-item.tsx";

const words = storesWords.list;

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
    <PagedList result={result} count={stores.length} noun={[words.one, words.many]} focusable="li" empty={empty}>
      <ul aria-label={words.label} className={classes.list}>
        {stores.map((store) => (
          <StoreItem key={store.handle} store={store} linkTo={storeLinkTo(store)} onDone={onDone} />
        ))}
      </ul>
    </PagedList>
  );
}
