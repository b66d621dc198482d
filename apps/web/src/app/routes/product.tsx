import { useQuery } from "@tanstack/react-query";
import type { Product } from "@yumroad/contract";
import { useParams } from "react-router-dom";
import { LinkButton } from "../../components/button.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
import { useSession } from "../../features/accounts/api.ts";
import { productQuery } from "../../features/products/api.ts";
import { ProductView } from "../../features/products/product-view.tsx";
import { ApiError } from "../../lib/call.ts";
import { formatMoney } from "../../lib/format.ts";
import { paths } from "../paths.ts";
import { NotFoundPage } from "./not-found.tsx";

export function ProductPage() {
  const { slug = "" } = useParams();
  const product = useQuery(productQuery(slug));
  const failure = useFailure(product, slug);
  if (product.data !== undefined) {
    return (
      <ProductView
        product={product.data}
        headingLevel={2}
        storePath={paths.store(product.data.store.handle)}
        action={<ProductAction product={product.data} />}
        renderName={(name, className) => <PageHeading className={className}>{name}</PageHeading>}
      />
    );
  }
  if (product.error instanceof ApiError && product.error.code === "not_found") return <NotFoundPage />;
  if (failure !== null) {
    const onRetry = () => void product.refetch();
    return <ErrorState isPage failure={failure} text="This product could not be loaded" onRetry={onRetry} />;
  }
  return <Loading label="Loading the product" />;
}

/** Buyers go to the checkout, the owner to the form. */
function ProductAction({ product: { slug, store, price } }: { product: Product }) {
  const isOwn = useSession().data?.user?.store?.handle === store.handle;
  if (isOwn) return <LinkButton to={paths.ownProduct(slug)}>Edit</LinkButton>;
  return (
    <LinkButton to={paths.checkout(slug)} look="primary" size="lg">
      {price.amount === 0 ? "Get it for free" : `Buy for ${formatMoney(price)}`}
    </LinkButton>
  );
}
