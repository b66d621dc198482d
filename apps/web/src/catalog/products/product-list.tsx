import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ProductCard, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { productListWords as words } from "../../words/product-list.ts";
import { useLoadedPages } from "./loaded-pages.ts";
import { ProductGrid, ProductGridSkeleton } from "./product-grid.tsx";

interface ProductPage {
  items: ProductCard[];
  nextCursor: string | null;
}

interface ProductListProps {
  result: UseInfiniteQueryResult<InfiniteData<ProductPage>>;
  headingLevel: 2 | 3;
  linkTo: (product: ProductCard) => string | null;
  onAim?: (product: ProductCard) => void;
  storeLinkTo?: (store: StoreRef) => string;
  withStatus?: boolean;
  /** Shown for an empty list. */
  empty: ReactNode;
  /** Shows the count, and a button that loads more. */
  withMore?: boolean;
  /** Maximum number of products to show. */
  atMost?: number;
}

export function ProductList({ result, empty, withMore = true, atMost, ...grid }: ProductListProps) {
  const products = result.data?.pages.flatMap((page) => page.items).slice(0, atMost) ?? [];
  const showMore = useLoadedPages(result, withMore);
  return (
    <PagedList
      result={result}
      count={products.length}
      noun={[words.one, words.many]}
      focusable="li :is(h2, h3) a"
      empty={empty}
      skeleton={<ProductGridSkeleton />}
      withMore={withMore}
      showMore={showMore}
    >
      <ProductGrid products={products} {...grid} />
    </PagedList>
  );
}
