import { useInfiniteQuery } from "@tanstack/react-query";
import { LinkButton } from "../../components/button.tsx";
import { ShelfDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { EmptyState } from "../../components/states.tsx";
import { ownProductsQuery } from "../../features/products/api.ts";
import { ProductList } from "../../features/products/product-list.tsx";
import { paths } from "../paths.ts";
import classes from "./own-products.module.css";

export function OwnProductsPage() {
  const products = useInfiniteQuery(ownProductsQuery());
  const newProduct = (
    <LinkButton to={paths.newProduct} look="primary">
      New product
    </LinkButton>
  );
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title}>Your products</PageHeading>
        {newProduct}
      </div>
      <ProductList
        result={products}
        headingLevel={2}
        withStatus
        linkTo={({ slug }) => paths.ownProduct(slug)}
        empty={
          <EmptyState
            drawing={<ShelfDrawing />}
            text="You have not listed anything yet."
            action={<LinkButton to={paths.newProduct}>List your first product</LinkButton>}
          />
        }
      />
    </>
  );
}
