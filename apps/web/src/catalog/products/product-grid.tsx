import type { ProductCard, StoreRef } from "@yumroad/contract";
import { Link, useViewTransitionState } from "react-router-dom";
import { canTransition } from "../../platform/lib/can-transition.ts";
import { formatPrice } from "../../platform/lib/format.ts";
import { Badge } from "../../platform/ui/badge.tsx";
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
  /** A card is pointed at, and likely to be opened. */
  onAim?: (product: ProductCard) => void;
  /** The page of a card's store; null where all cards have the same store. */
  storeLinkTo?: ((store: StoreRef) => string) | null;
  /** Marks products that are not public. */
  withStatus?: boolean;
}

export function ProductGrid({ products, ...card }: ProductGridProps) {
  return (
    <ul className={classes.grid}>
      {products.map((product) => (
        <Card key={product.slug} product={product} {...card} />
      ))}
    </ul>
  );
}

interface CardProps extends Omit<ProductGridProps, "products"> {
  product: ProductCard;
}

/** A product in a list: its cover, name, store and price stand in the same places everywhere. */
function Card({ product, headingLevel, linkTo, onAim, storeLinkTo = null, withStatus = false }: CardProps) {
  const Heading = `h${headingLevel}` as const;
  const to = linkTo(product);
  // Only then, since a name has to be the only one on its page.
  const isOpening = useViewTransitionState(to ?? "");
  return (
    <li
      className={classes.card}
      data-linked={to !== null || undefined}
      data-opening={isOpening || undefined}
      onPointerEnter={() => onAim?.(product)}
    >
      <Cover slug={product.slug} coverUrl={product.coverUrl} name={product.name} />
      <div className={classes.text}>
        <Heading dir="auto" className={classes.name}>
          {to === null ? (
            product.name
          ) : (
            <Link to={to} viewTransition={canTransition()}>
              {product.name}
            </Link>
          )}
        </Heading>
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
        <p className={classes.price}>
          <span>{formatPrice(product)}</span>
          {withStatus && <Badge look={LOOKS[product.status]}>{productStatusWords[product.status]}</Badge>}
        </p>
      </div>
    </li>
  );
}

const LOOKS = { published: "good", draft: "warn", archived: "plain" } as const;

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
