import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { SaleCard, SalesSum, SalesSummary } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { Section } from "../../platform/ui/section.tsx";
import { salesQuery, salesSummaryQuery } from "../../sales/sales/api.ts";
import { BestSellers } from "../../sales/sales/best-sellers.tsx";
import { RecentOrders } from "../../sales/sales/recent-orders.tsx";
import { SalesChart } from "../../sales/sales/sales-chart.tsx";
import { SalesTiles } from "../../sales/sales/sales-tiles.tsx";
import { salesSummaryWords as words } from "../../words/sales-summary.ts";
import { paths } from "../paths.ts";
import classes from "./own-sales.module.css";

const RECENT = 5;

/** Sums and newest orders of the user's store. `isLoading` is false as well when they can't be loaded. */
export function useOwnSales({ enabled }: { enabled: boolean }) {
  const summary = useQuery({ ...salesSummaryQuery, enabled });
  const sales = useInfiniteQuery({ ...salesQuery(), enabled });
  return {
    isLoading: summary.isLoading || sales.isLoading,
    summary: summary.data,
    recent: sales.data?.pages[0]?.items.slice(0, RECENT),
  };
}

/**
 * Sales of the user's store at a glance. Renders nothing before the first sale, and when they can't be loaded: the
 * dashboard has other parts, and the page of sales says what is wrong.
 */
export function OwnSales({ summary, recent }: Pick<ReturnType<typeof useOwnSales>, "summary" | "recent">) {
  const [main] = summary?.allTime ?? [];
  return summary && recent && main ? <Sales summary={summary} sales={recent} main={main} /> : null;
}

interface SalesProps {
  summary: SalesSummary;
  sales: readonly SaleCard[];
  /** The sum in the currency that most was sold in. */
  main: SalesSum;
}

function Sales({ summary, sales, main }: SalesProps) {
  const charted = summary.last28Days.length > 0 ? summary.last28Days : [main];
  return (
    <>
      <SalesTiles summary={summary} main={main} />
      <div className={classes.sales}>
        <Section title={words.chart.title}>
          {charted.map(({ gross: { currency } }) => (
            <SalesChart key={currency} days={summary.days} currency={currency} />
          ))}
        </Section>
        <div className={classes.columns}>
          <Section title={words.recentOrders} action={<Link to={paths.sales}>{words.seeAll}</Link>}>
            <RecentOrders sales={sales} linkTo={({ ref }) => paths.sale(ref)} />
          </Section>
          <Section title={words.bestSellers} hint={words.last28Days}>
            <BestSellers products={summary.bestSellers} linkTo={({ slug }) => paths.ownProduct(slug)} />
          </Section>
        </div>
      </div>
    </>
  );
}
