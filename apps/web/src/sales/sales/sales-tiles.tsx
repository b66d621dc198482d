import type { SalesSum, SalesSummary } from "@yumroad/contract";
import { formatAmount, formatNumber } from "../../platform/lib/format.ts";
import { StatTile } from "../../platform/ui/stat-tile.tsx";
import { salesSummaryWords as words } from "../../words/sales-summary.ts";
import { earnedBy } from "./earned-by.ts";
import classes from "./sales-tiles.module.css";

const PERIODS = ["today", "last7Days", "last28Days", "allTime"] as const;

/** Sums of four periods, refunds taken off; `main` is the currency of a period without sales. */
export function SalesTiles({ summary, main }: { summary: SalesSummary; main: SalesSum }) {
  return (
    <dl className={classes.tiles}>
      {PERIODS.map((period) => (
        <Tile key={period} label={words[period]} sums={summary[period]} main={main} />
      ))}
    </dl>
  );
}

function Tile({ label, sums, main }: { label: string; sums: readonly SalesSum[]; main: SalesSum }) {
  const nothing = { orders: 0, gross: { ...main.gross, amount: 0 }, refunded: { ...main.refunded, amount: 0 } };
  const [first = nothing, ...others] = sums;
  const orders = sums.reduce((total, sum) => total + sum.orders, 0);
  return (
    <StatTile label={label} value={formatAmount(earnedBy(first))}>
      {[
        ...others.map((sum) => words.more(formatAmount(earnedBy(sum)))),
        words.orders(formatNumber(orders), orders === 1),
      ].join(" · ")}
    </StatTile>
  );
}
