import type { ContentTitle, Money, Product, ShownPicture, StoreRef } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { formatDate, formatPrice } from "../../platform/lib/format.ts";
import { Rich } from "../../platform/ui/rich.tsx";
import { productPageWords as words } from "../../words/product-page.ts";
import { Cover, PAGE_SIZES } from "./cover.tsx";
import { ProductContents } from "./product-contents.tsx";
import { ProductPictures } from "./product-pictures.tsx";
import classes from "./product-view.module.css";

interface ProductViewProps {
  /** Values that a preview does not know yet are null. */
  product: Pick<Product, "slug" | "name" | "coverUrl" | "pricing"> & {
    store: StoreRef | null;
    price: Money | null;
    createdAt: string | null;
  };
  /** Renders the name: as the page's title on its page, as an ordinary heading in the preview. */
  renderName: (name: string, className: string | undefined) => ReactNode;
  /** The rendered description; null: there is none. */
  description: ReactNode;
  /** The page of the store; null in the preview, which must not be left by accident. */
  storePath: string | null;
  /** Its pictures. A preview shows the cover alone. */
  pictures?: readonly ShownPicture[];
  /** What buyers get. A preview does not know it. */
  contents?: readonly ContentTitle[];
  /** What stands in the place of the price, such as that with a discount. */
  price?: ReactNode;
  /** The button of the panel with the price. A preview has none. */
  action?: ReactNode;
}

/** A product as buyers see it, on its page and in the preview. */
export function ProductView({
  product,
  description,
  renderName,
  storePath,
  pictures = [],
  contents = [],
  price,
  action,
}: ProductViewProps) {
  const { store } = product;
  const isPage = storePath !== null;
  const name = <bdi>{store?.name}</bdi>;
  return (
    <article className={classes.product}>
      <div className={classes.layout}>
        <div
          className={classes.cover}
          data-drawn={product.coverUrl === null || undefined}
          data-page={isPage || undefined}
          data-several={pictures.length > 1 || undefined}
        >
          {pictures.length > 0 ? (
            <ProductPictures pictures={pictures} />
          ) : (
            <Cover slug={product.slug} coverUrl={product.coverUrl} name={product.name} sizes={PAGE_SIZES} isFirst />
          )}
        </div>
        <div className={classes.title}>
          {renderName(product.name, classes.name)}
          {store !== null && (
            <p className={classes.store}>
              <Rich text={words.by} parts={{ store: isPage ? <Link to={storePath}>{name}</Link> : name }} />{" "}
              <span className={classes.handle}>@{store.handle}</span>
            </p>
          )}
        </div>
        <div className={classes.side} data-page={isPage || undefined}>
          {contents.length > 0 && <ProductContents contents={contents} />}
          <div className={classes.panel} data-sticky-bar={isPage || undefined}>
            <p className={classes.price}>
              {price ??
                (product.price === null ? "–" : formatPrice({ price: product.price, pricing: product.pricing }))}
            </p>
            {action !== undefined && <div className={classes.action}>{action}</div>}
            {product.createdAt !== null && (
              <p className={classes.listed}>
                <time dateTime={product.createdAt}>{words.addedOn(formatDate(product.createdAt))}</time>
              </p>
            )}
          </div>
        </div>
        <div className={classes.description}>
          {description ?? (isPage ? null : <p className={classes.none}>{words.noDescription}</p>)}
        </div>
      </div>
    </article>
  );
}
