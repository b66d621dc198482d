import { useInfiniteQuery } from "@tanstack/react-query";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Search } from "../../platform/ui/search.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { salesQuery } from "../../sales/sales/api.ts";
import { SaleList } from "../../sales/sales/sale-list.tsx";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";
import { WorkPage } from "./work-page.tsx";

/** Orders of the user's store. */
export function SalesPage() {
  const { q, search } = useSearchInAddress();
  const sales = useInfiniteQuery(salesQuery(q));
  return (
    <WorkPage>
      <div className={classes.head}>
        <PageHeading className={classes.title} title={q === "" ? "Sales" : `“${q}”`}>
          Sales
        </PageHeading>
        <Search label="Search by email or order" q={q} onSearch={search} asYouType />
      </div>
      <SaleList
        result={sales}
        linkTo={({ ref }) => paths.sale(ref)}
        empty={
          q === "" ? (
            <EmptyState
              drawing={<ShelfDrawing />}
              text="No sales yet"
              action={<LinkButton to={paths.ownProducts}>Your products</LinkButton>}
            />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={`No sales found for “${q}”.`}
              action={<LinkButton to={paths.sales}>Show all sales</LinkButton>}
            />
          )
        }
      />
    </WorkPage>
  );
}
