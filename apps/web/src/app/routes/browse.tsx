import { useInfiniteQuery } from "@tanstack/react-query";
import { productsQuery, usePrefetchProduct } from "../../catalog/products/api.ts";
import { ProductList } from "../../catalog/products/product-list.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Search } from "../../platform/ui/search.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { browseWords as words } from "../../words/browse.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./browse.module.css";

export function BrowsePage() {
  const { q, search } = useSearchInAddress();
  const products = useInfiniteQuery(productsQuery(q));
  return (
    <>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? words.title : `“${q}”`}>
          {words.title}
        </PageHeading>
        <Search label={words.search} q={q} onSearch={search} asYouType />
      </div>
      <ProductList
        result={products}
        headingLevel={2}
        linkTo={({ slug }) => paths.product(slug)}
        onAim={usePrefetchProduct()}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          q === "" ? (
            <EmptyState
              drawing={<ShelfDrawing />}
              text={words.empty}
              action={<LinkButton to={paths.newProduct}>{words.add}</LinkButton>}
            />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={words.notFound(q)}
              action={<LinkButton to={paths.browse}>{words.showAll}</LinkButton>}
            />
          )
        }
      />
    </>
  );
}
