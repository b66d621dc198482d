import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router-dom";
import { PageHeading } from "../../components/page-heading.tsx";
import { ErrorState, Loading } from "../../components/states.tsx";
import { useFailure } from "../../components/use-failure.ts";
import { productQuery } from "../../features/products/api.ts";
import { ProductView } from "../../features/products/product-view.tsx";
import { ApiError } from "../../lib/call.ts";
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
