import { useInfiniteQuery } from "@tanstack/react-query";
import { LinkButton } from "../../components/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { Search } from "../../components/search.tsx";
import { EmptyState } from "../../components/states.tsx";
import { productsQuery } from "../../features/products/api.ts";
import { ProductList } from "../../features/products/product-list.tsx";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./browse.module.css";

export function BrowsePage() {
  const { q, search } = useSearchInAddress();
  const products = useInfiniteQuery(productsQuery(q));
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? "Browse" : `“${q}”`}>
          Browse
        </PageHeading>
        <Search label="Search products" q={q} onSearch={search} asYouType />
      </div>
      <ProductList
        result={products}
        headingLevel={2}
        linkTo={({ slug }) => paths.product(slug)}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          q === "" ? (
            <EmptyState
              drawing={<ShelfDrawing />}
              text="Nobody has listed anything yet."
              action={<LinkButton to={paths.newProduct}>List a product</LinkButton>}
            />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={`Nothing found for “${q}”.`}
              action={<LinkButton to={paths.products}>Show everything</LinkButton>}
            />
          )
        }
      />
    </>
  );
}
