import { useInfiniteQuery } from "@tanstack/react-query";
import { storesQuery } from "../../operator/stores/api.ts";
import { ProductTakeDown } from "../../operator/stores/product-take-down.tsx";
import { StoreList } from "../../operator/stores/store-list.tsx";
import { TakenDownProducts } from "../../operator/stores/taken-down-products.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Search } from "../../platform/ui/search.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";
import { WorkPage } from "./work-page.tsx";

/** All stores. */
export function StoresPage() {
  const { notices } = useApp();
  const { q, search } = useSearchInAddress();
  const stores = useInfiniteQuery(storesQuery(q));
  const onDone = (text: string) => notices.show({ kind: "success", text });
  return (
    <WorkPage>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? "Stores" : `“${q}”`}>
          Stores
        </PageHeading>
        <ProductTakeDown onDone={onDone} />
        <TakenDownProducts onDone={onDone} />
        <Search label="Search by name or handle" q={q} onSearch={search} asYouType />
      </div>
      <StoreList
        result={stores}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          q === "" ? (
            <EmptyState drawing={<ShelfDrawing />} text="No stores yet." />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={`No store found for “${q}”.`}
              action={<LinkButton to={paths.stores}>Show all stores</LinkButton>}
            />
          )
        }
        onDone={onDone}
      />
    </WorkPage>
  );
}
