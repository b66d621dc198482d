import { useInfiniteQuery } from "@tanstack/react-query";
import { ownProductsQuery } from "../../catalog/products/api.ts";
import { ProductList } from "../../catalog/products/product-list.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { ownProductsWords as words } from "../../words/own-products.ts";
import { paths } from "../paths.ts";
import { WorkPage } from "./work-page.tsx";

export function OwnProductsPage() {
  const products = useInfiniteQuery(ownProductsQuery());
  const newProduct = (
    <LinkButton to={paths.newProduct} look="primary">
      {words.add}
    </LinkButton>
  );
  return (
    <WorkPage>
      <PageHeader action={newProduct}>
        <PageHeading>{words.title}</PageHeading>
      </PageHeader>
      <ProductList
        result={products}
        headingLevel={2}
        withStatus
        linkTo={({ slug }) => paths.ownProduct(slug)}
        empty={
          <EmptyState
            drawing={<ShelfDrawing />}
            text={words.empty}
            action={<LinkButton to={paths.newProduct}>{words.add}</LinkButton>}
          />
        }
      />
    </WorkPage>
  );
}
