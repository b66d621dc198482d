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
import { storesWords } from "../../words/stores.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";
import { WorkPage } from "./work-page.tsx";

const words = storesWords.page;

/** All stores. */
export function StoresPage() {
  const { notices } = useApp();
  const { q, search } = useSearchInAddress();
  const stores = useInfiniteQuery(storesQuery(q));
  const onDone = (text: string) => notices.show({ kind: "success", text });
  return (
    <WorkPage>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? words.title : `“${q}”`}>
          {words.title}
        </PageHeading>
        <ProductTakeDown onDone={onDone} />
        <TakenDownProducts onDone={onDone} />
        <Search label={words.search} q={q} onSearch={search} asYouType />
      </div>
      <StoreList
        result={stores}
        storeLinkTo={({ handle }) => paths.store(handle)}
        empty={
          q === "" ? (
            <EmptyState drawing={<ShelfDrawing />} text={words.empty} />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={words.notFound(q)}
              action={<LinkButton to={paths.stores}>{words.showAll}</LinkButton>}
            />
          )
        }
        onDone={onDone}
      />
    </WorkPage>
  );
}
