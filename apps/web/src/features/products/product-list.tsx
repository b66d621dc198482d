import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ProductCard, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { explain } from "../../lib/explain.ts";
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
  /** Shown when the list has nothing in it. */
  empty: ReactNode;
  /** Say how many there are, and offer the rest. */
  withMore?: boolean;
}

/** A list of products in all its states: loading, failed, empty, there, and partly there. */
export function ProductList({ result, empty, withMore = true, ...grid }: ProductListProps) {
  if (result.data === undefined) {
    if (result.isError && !result.isRefetching) {
      return (
        <ErrorState error={result.error} text="The products could not be loaded" onRetry={() => result.refetch()} />
      );
    }
    return (
      <Loading label="Loading products">
        <ProductGridSkeleton />
      </Loading>
    );
  }
  const products = result.data.pages.flatMap((page) => page.items);
  if (products.length === 0) return empty;
  return (
    <div aria-busy={result.isPlaceholderData || undefined} className={classes.list}>
      {withMore && (
        <p className={classes.count} role="status">
          {countWords(products.length, result.hasNextPage)}
        </p>
      )}
      <ProductGrid products={products} {...grid} />
      {withMore && result.hasNextPage && (
        <div className={classes.more}>
          {result.isFetchNextPageError && (
            <p role="alert" className={classes.error}>
              The next ones could not be loaded. {explain(result.error)}
            </p>
          )}
          <Button isBusy={result.isFetchingNextPage} onClick={() => void result.fetchNextPage()}>
            {result.isFetchNextPageError ? "Try again" : "Show more"}
          </Button>
        </div>
      )}
    </div>
  );
}

function countWords(count: number, hasMore: boolean): string {
  if (hasMore) return `The first ${count} products`;
  return count === 1 ? "1 product" : `${count} products`;
}
