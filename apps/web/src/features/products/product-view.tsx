import type { Money, Product } from "@yumroad/contract";
import type { ReactNode } from "react";
import { formatDate, formatMoney } from "../../lib/format.ts";
import { Cover } from "./cover.tsx";
import classes from "./product-view.module.css";

interface ProductViewProps {
  /** What a preview does not know yet is null. */
  product: Pick<Product, "slug" | "name" | "description" | "coverUrl" | "store"> & {
    price: Money | null;
    createdAt: string | null;
  };
  /** The name as a heading: the page's own title on its page, an ordinary one in the preview. */
  renderName: (name: string, className: string | undefined) => ReactNode;
}

/** A product as its buyers see it: on its page, and in the preview while it is written. */
export function ProductView({ product, renderName }: ProductViewProps) {
  return (
    <article className={classes.product}>
      <div className={classes.layout}>
        <div className={classes.cover}>
          <Cover slug={product.slug} coverUrl={product.coverUrl} />
        </div>
        <div className={classes.title}>
          {renderName(product.name, classes.name)}
          <p className={classes.store}>by {product.store.name}</p>
        </div>
        <div className={classes.panel}>
          <p className={classes.price}>{product.price === null ? "–" : formatMoney(product.price)}</p>
          <dl className={classes.facts}>
            <dt>Sold by</dt>
            <dd>{product.store.name}</dd>
            {product.createdAt !== null && (
              <>
                <dt>Listed</dt>
                <dd>
                  <time dateTime={product.createdAt}>{formatDate(product.createdAt)}</time>
                </dd>
              </>
            )}
          </dl>
        </div>
        <div className={classes.description}>
          {product.description === "" ? (
            <p className={classes.none}>No description yet.</p>
          ) : (
            // As it was written, lines and all. Text, never markup.
            <p>{product.description}</p>
          )}
        </div>
      </div>
    </article>
  );
}
