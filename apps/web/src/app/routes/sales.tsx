import { useInfiniteQuery } from "@tanstack/react-query";
import { LinkButton } from "../../components/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../components/drawings.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { Search } from "../../components/search.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { salesQuery } from "../../features/sales/api.ts";
import { SaleList } from "../../features/sales/sale-list.tsx";
import { useMaySell } from "../../features/site/api.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";

/** Orders of the user's store. */
export function SalesPage() {
  const { q, search } = useSearchInAddress();
  const sales = useInfiniteQuery(salesQuery(q));
  const isSeller = useMaySell(useSession().data?.user ?? null) !== false;
  return (
    <>
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
              action={isSeller && <LinkButton to={paths.ownProducts}>Your products</LinkButton>}
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
    </>
  );
}
