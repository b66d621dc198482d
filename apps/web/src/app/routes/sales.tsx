import { useInfiniteQuery } from "@tanstack/react-query";
import type { SaleStatus } from "@yumroad/contract";
import { LinkButton } from "../../platform/ui/button.tsx";
import { NothingFoundDrawing, ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { PageHeader } from "../../platform/ui/page-header.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { salesQuery } from "../../sales/sales/api.ts";
import { ExportSales } from "../../sales/sales/export-sales.tsx";
import { SaleList } from "../../sales/sales/sale-list.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { saleWords } from "../../words/sales.ts";
import { salesByCountryWords } from "../../words/sales-by-country.ts";
import { paths } from "../paths.ts";
import { type ListInAddress, useListInAddress } from "../use-list-in-address.ts";
import { ListTools } from "./list-tools.tsx";
import classes from "./sales.module.css";
import { WorkPage } from "./work-page.tsx";

const words = saleWords.page;

const STATUSES = ["paid", "waiting", "refunded", "not_paid", "trouble"] as const;
const FILTER = STATUSES.map((value) => ({ value, label: words.statuses[value] }));

/** Orders of the user's store. */
export function SalesPage() {
  const list = useListInAddress<SaleStatus>(STATUSES);
  const sales = useInfiniteQuery(salesQuery(list));
  return (
    <WorkPage>
      <PageHeader
        action={
          <div className={classes.actions}>
            <LinkButton to={paths.salesByCountry}>{salesByCountryWords.link}</LinkButton>
            <ExportSales />
          </div>
        }
      >
        <PageHeading title={list.q === "" ? words.title : `“${list.q}”`}>{words.title}</PageHeading>
      </PageHeader>
      <ListTools list={list} words={words.tools} statuses={FILTER} />
      <SaleList result={sales} linkTo={({ ref }) => paths.sale(ref)} empty={<NoSales list={list} />} />
    </WorkPage>
  );
}

function NoSales({ list: { q, status } }: { list: ListInAddress<SaleStatus> }) {
  const isSeller = useMaySell(useSession().data?.user ?? null) !== false;
  if (q === "" && status === null) {
    const ownProducts = isSeller && <LinkButton to={paths.ownProducts}>{words.ownProducts}</LinkButton>;
    return <EmptyState drawing={<ShelfDrawing />} text={words.empty} action={ownProducts} />;
  }
  return (
    <EmptyState
      drawing={<NothingFoundDrawing />}
      text={q === "" ? words.noneOfStatus : words.notFound(q)}
      action={<LinkButton to={paths.sales}>{words.showAll}</LinkButton>}
    />
  );
}
