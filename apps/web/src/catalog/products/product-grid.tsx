import type { ProductCard, StoreRef } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { formatPrice } from "../../platform/lib/format.ts";
import { Rich } from "../../platform/ui/rich.tsx";
import { Skeleton } from "../../platform/ui/states.tsx";
import { productListWords } from "../../words/product-list.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import { Cover } from "./cover.tsx";
import classes from "./product-grid.module.css";

interface ProductGridProps {
  products: readonly ProductCard[];
  /** Level of the cards' headings: one below the heading above them. */
  headingLevel: 2 | 3;
  /** The page of a product, or null if it has none (yet). */
  linkTo: (product: ProductCard) => string | null;
  /** The page of a card's store; null where all cards have the same store. */
  storeLinkTo?: ((store: StoreRef) => string) | null;
  /** Marks products that are not public. */
  withStatus?: boolean;
}

export function ProductGrid({
  products,
  headingLevel,
  linkTo,
  storeLinkTo = null,
  withStatus = false,
}: ProductGridProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <ul className={classes.grid}>
      {products.map((product) => {
        const to = linkTo(product);
        return (
          <li key={product.slug} className={classes.card} data-linked={to !== null || undefined}>
            <Cover slug={product.slug} coverUrl={product.coverUrl} />
            <div className={classes.text}>
              <Heading dir="auto" className={classes.name}>
                {to === null ? product.name : <Link to={to}>{product.name}</Link>}
              </Heading>
              {withStatus && (
                <p className={classes.store}>
                  <Status status={product.status} />
                </p>
              )}
              {storeLinkTo !== null && (
                <p className={classes.store}>
                  <Rich
                    text={productListWords.by}
                    parts={{
                      store: (
                        <Link to={storeLinkTo(product.store)}>
                          <bdi>{product.store.name}</bdi>
                        </Link>
                      ),
                    }}
                  />
                </p>
              )}
              <p className={classes.price}>{formatPrice(product)}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Status({ status }: Pick<ProductCard, "status">) {
  return (
    <span className={classes.status} data-status={status}>
      {productStatusWords[status]}
    </span>
  );
}

const PLACES = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** A placeholder of the same shape as the grid, so that nothing jumps. */
export function ProductGridSkeleton() {
  return (
    <div className={classes.grid}>
      {PLACES.map((place) => (
        <div key={place} className={classes.card}>
          <Skeleton ratio="4 / 3" />
          <div className={classes.text}>
            <Skeleton ratio="10 / 1" />
            <Skeleton ratio="16 / 1" />
          </div>
        </div>
      ))}
    </div>
  );
}
