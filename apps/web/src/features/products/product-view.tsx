import type { Money, Product } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { LateMarkdown } from "../../components/late-markdown.tsx";
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
  /** The level of the description's headings: one below the name's. */
  headingLevel: 2 | 4;
  /** The page of the store; null in the preview, which is not to be left by accident. */
  storePath: string | null;
}

/** A product as its buyers see it: on its page, and in the preview while it is written. */
export function ProductView({ product, renderName, headingLevel, storePath }: ProductViewProps) {
  const { name } = product.store;
  const store = storePath === null ? name : <Link to={storePath}>{name}</Link>;
  return (
    <article className={classes.product}>
      <div className={classes.layout}>
        <div className={classes.cover}>
          <Cover slug={product.slug} coverUrl={product.coverUrl} />
        </div>
        <div className={classes.title}>
          {renderName(product.name, classes.name)}
          <p className={classes.store}>by {store}</p>
        </div>
        <div className={classes.panel}>
          <p className={classes.price}>{product.price === null ? "–" : formatMoney(product.price)}</p>
          <dl className={classes.facts}>
            <dt>Sold by</dt>
            <dd>{store}</dd>
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
            <LateMarkdown text={product.description} headingLevel={headingLevel} />
          )}
        </div>
      </div>
    </article>
  );
}
