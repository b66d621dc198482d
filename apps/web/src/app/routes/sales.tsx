import { useInfiniteQuery } from "@tanstack/react-query";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Search } from "../../platform/ui/search.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { salesQuery } from "../../sales/sales/api.ts";
import { ExportSales } from "../../sales/sales/export-sales.tsx";
import { SaleList } from "../../sales/sales/sale-list.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { saleWords } from "../../words/sales.ts";
import { paths } from "../paths.ts";
import { useSearchInAddress } from "../use-search-in-address.ts";
import classes from "./people.module.css";
import { WorkPage } from "./work-page.tsx";

const words = saleWords.page;

/** Orders of the user's store. */
export function SalesPage() {
  const { q, search } = useSearchInAddress();
  const sales = useInfiniteQuery(salesQuery(q));
  const isSeller = useMaySell(useSession().data?.user ?? null) !== false;
  return (
    <WorkPage>
      <PageHeader action={<ExportSales />}>
        <PageHeading title={q === "" ? words.title : `“${q}”`}>{words.title}</PageHeading>
      </PageHeader>
      <div className={classes.head}>
        <Search label={words.search} q={q} onSearch={search} asYouType />
      </div>
      <SaleList
        result={sales}
        linkTo={({ ref }) => paths.sale(ref)}
        empty={
          q === "" ? (
            <EmptyState
              drawing={<ShelfDrawing />}
              text={words.empty}
              action={isSeller && <LinkButton to={paths.ownProducts}>{words.ownProducts}</LinkButton>}
            />
          ) : (
            <EmptyState
              drawing={<NothingFoundDrawing />}
              text={words.notFound(q)}
              action={<LinkButton to={paths.sales}>{words.showAll}</LinkButton>}
            />
          )
        }
      />
    </WorkPage>
  );
}
