import type { SalesSum, SalesSummary } from "@yumroad/contract";
import { formatAmount, formatNumber } from "../../platform/lib/format.ts";
import { StatTiles } from "../../platform/ui/stat-tiles.tsx";
import { salesSummaryWords as words } from "../../words/sales-summary.ts";
import { earnedBy } from "./earned-by.ts";

const PERIODS = ["today", "last7Days", "last28Days", "allTime"] as const;

/** Sums of four periods, refunds taken off; `main` is the currency of a period without sales. */
export function SalesTiles({ summary, main }: { summary: SalesSummary; main: SalesSum }) {
  return <StatTiles stats={PERIODS.map((period) => ({ name: words[period], ...statOf(summary[period], main) }))} />;
}

function statOf(sums: readonly SalesSum[], main: SalesSum) {
  const nothing = { orders: 0, gross: { ...main.gross, amount: 0 }, refunded: { ...main.refunded, amount: 0 } };
  const [first = nothing, ...others] = sums;
  const orders = sums.reduce((total, sum) => total + sum.orders, 0);
  const more = others.map((sum) => words.more(formatAmount(earnedBy(sum))));
  return {
    value: formatAmount(earnedBy(first)),
    line: [...more, words.orders(formatNumber(orders), orders === 1)].join(" · "),
  };
}
