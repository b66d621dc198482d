import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ProductCard, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { More } from "../../components/more.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
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
  /** Shown when the list has nothing in it. */
  empty: ReactNode;
  /** Say how many there are, and offer the rest. */
  withMore?: boolean;
  /** Show this many of them at most. */
  atMost?: number;
}

/** A list of products in all its states: loading, failed, empty, there, and partly there. */
export function ProductList({ result, empty, withMore = true, atMost, ...grid }: ProductListProps) {
  const products = result.data?.pages.flatMap((page) => page.items).slice(0, atMost) ?? [];
  const { list, goToNext } = useFirstNew<HTMLDivElement>(products.length, "li :is(h2, h3) a");
  const showMore = useLoadedPages(result, withMore);
  // That the former search found nothing says nothing about this one.
  const isThere = result.data !== undefined && !(result.isPlaceholderData && products.length === 0);
  const failure = useFailure({ ...result, data: isThere ? result.data : undefined });
  if (!isThere) {
    if (failure !== null) {
      const onRetry = () => {
        goToNext();
        void result.refetch();
      };
      return <ErrorState failure={failure} text="The products could not be loaded" onRetry={onRetry} />;
    }
    return (
      <Loading label="Loading products">
        <ProductGridSkeleton />
      </Loading>
    );
  }
  if (products.length === 0) return empty;
  return (
    <div ref={list} aria-busy={result.isPlaceholderData || undefined} className={classes.list}>
      {withMore && (
        <p className={classes.count} role="status">
          {countWords(products.length, result.hasNextPage)}
        </p>
      )}
      <ProductGrid products={products} {...grid} />
      {withMore && <More result={result} onMore={goToNext} showMore={showMore} />}
    </div>
  );
}

function countWords(count: number, hasMore: boolean): string {
  // How many there are nobody counts: that would take a look at each.
  if (hasMore) return `Showing ${count} products`;
  return count === 1 ? "1 product" : `${count} products`;
}
