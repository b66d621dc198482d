import { useQuery } from "@tanstack/react-query";
import type { Product } from "@yumroad/contract";
import { lazy, Suspense } from "react";
import { useLocation, useParams } from "react-router-dom";
import { productQuery } from "../../catalog/products/api.ts";
import { ProductView } from "../../catalog/products/product-view.tsx";
import { formatPrice } from "../../platform/lib/format.ts";
import { LinkButton } from "../../platform/ui/button.tsx";
import { Html } from "../../platform/ui/html.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { useSession } from "../../session/session-query.ts";
import { productPageWords as words } from "../../words/product-page.ts";
import { codeIn, withCodeOf } from "../code-in-address.ts";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";

const DiscountedPrice = lazy(async () => ({
  default: (await import("../../sales/orders/discounted-price.tsx")).DiscountedPrice,
}));

export function ProductPage() {
  const { slug = "" } = useParams();
  const product = useQuery(productQuery(slug));
  return (
    <LoadedPage result={product} of={slug} loading={words.loading} failed={words.failed}>
      {(found) => (
        <ProductView
          product={found}
          description={found.descriptionHtml === "" ? null : <Html html={found.descriptionHtml} />}
          pictures={found.pictures}
          contents={found.contents}
          storePath={paths.store(found.store.handle)}
          price={<ProductPrice product={found} />}
          action={<ProductAction product={found} />}
          renderName={(name, className) => <PageHeading className={className}>{name}</PageHeading>}
        />
      )}
    </LoadedPage>
  );
}

/** The price, with the discount code of the address where there is one. Only then is its code loaded. */
function ProductPrice({ product }: { product: Product }) {
  const code = codeIn(useLocation().search);
  const price = formatPrice(product);
  // Codes are for fixed prices.
  if (code === "" || product.pricing !== "fixed") return price;
  return (
    <Suspense fallback={price}>
      <DiscountedPrice product={product} code={code} />
    </Suspense>
  );
}

/** Buyers go to the checkout, the owner to the form. The price stands beside it. */
function ProductAction({ product: { slug, store, price, pricing } }: { product: Product }) {
  const { search } = useLocation();
  const isOwn = useSession().data?.user?.store?.handle === store.handle;
  if (isOwn) return <LinkButton to={paths.ownProduct(slug)}>{words.edit}</LinkButton>;
  return (
    <LinkButton to={withCodeOf(search, paths.checkout(slug))} look="primary" size="lg">
      {pricing === "pay_what_you_want" ? words.nameYourPrice : price.amount === 0 ? words.getNow : words.buyNow}
    </LinkButton>
  );
}
