import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ProductCard, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { More } from "../../components/more.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { type Failure, useFailure } from "../../components/use-failure.ts";
import { useFirstNew } from "../../components/use-first-new.ts";
import { useLoadedPages } from "./loaded-pages.ts";
import { ProductGrid, ProductGridSkeleton } from "./product-grid.tsx";
import classes from "./product-list.module.css";

interface ProductPage {
  items: ProductCard[];
  nextCursor: string | null;
}

interface ProductListProps {
  result: UseInfiniteQueryResult<InfiniteData<ProductPage>>;
  headingLevel: 2 | 3;
  linkTo: (product: ProductCard) => string | null;
  storeLinkTo?: (store: StoreRef) => string;
  withStatus?: boolean;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Shows the count, and a button that loads more. */
  withMore?: boolean;
  /** Maximum number of products to show. */
  atMost?: number;
}

/** A product list in all its states: loading, failed, empty, complete, partly loaded. */
export function ProductList({ result, empty, withMore = true, atMost, ...grid }: ProductListProps) {
  const products = result.data?.pages.flatMap((page) => page.items).slice(0, atMost) ?? [];
  const { list, goToNext } = useFirstNew<HTMLDivElement>(products.length, "li :is(h2, h3) a");
  const showMore = useLoadedPages(result, withMore);
  const isEmpty = products.length === 0;
  // An empty result of the previous search says nothing about this one.
  const isThere = result.data !== undefined && !(result.isPlaceholderData && isEmpty);
  const failure = useFailure({ ...result, data: isThere ? result.data : undefined });
  function retry() {
    goToNext();
    void result.refetch();
  }
  return (
    <div ref={list} aria-busy={(isThere && result.isPlaceholderData) || undefined} className={classes.list}>
      {/* Always rendered, because a live region announces only changes. */}
      <div role="status">
        {isThere && isEmpty && empty}
        {!isEmpty && withMore && <p className={classes.count}>{countWords(products.length, result.hasNextPage)}</p>}
      </div>
      {!isThere && <NotThere failure={failure} onRetry={retry} />}
      {!isEmpty && <ProductGrid products={products} {...grid} />}
      {!isEmpty && withMore && <More result={result} onMore={goToNext} showMore={showMore} />}
    </div>
  );
}

interface NotThereProps {
  failure: Failure | null;
  onRetry: () => void;
}

function NotThere({ failure, onRetry }: NotThereProps) {
  if (failure !== null) {
    return <ErrorState failure={failure} text="The products could not be loaded" onRetry={onRetry} />;
  }
  return (
    <Loading label="Loading products">
      <ProductGridSkeleton />
    </Loading>
  );
}

function countWords(count: number, hasMore: boolean): string {
  // The total is unknown, because counting would have to look at every product.
  if (hasMore) return `Showing ${count} products`;
  return count === 1 ? "1 product" : `${count} products`;
}
