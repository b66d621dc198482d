import type { Currency, SalesDay } from "@yumroad/contract";
import { useId, useState } from "react";
import { formatAmount, formatDay, formatNumber } from "../../platform/lib/format.ts";
import button from "../../platform/ui/text-button.module.css";
import { salesSummaryWords } from "../../words/sales-summary.ts";
import { earnedBy } from "./earned-by.ts";
import { type Bar, SalesBars } from "./sales-bars.tsx";
import classes from "./sales-chart.module.css";

const words = salesSummaryWords.chart;

interface SalesChartProps {
  days: readonly SalesDay[];
  currency: Currency;
}

/** Sales of each day in one currency as bars, or as a table with the same numbers. */
export function SalesChart({ days, currency }: SalesChartProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const bars = days.map((day) => barOf(day, currency));
  return (
    <div className={classes.chart}>
      <div id={id}>{isTable ? <DayTable bars={bars} /> : <SalesBars bars={bars} currency={currency} />}</div>
      <button type="button" className={button.button} aria-controls={id} onClick={() => setTable(!isTable)}>
        {isTable ? words.showChart : words.showTable}
      </button>
    </div>
  );
}

function barOf({ date, sums }: SalesDay, currency: Currency): Bar {
  const none = { amount: 0, currency };
  const sum = sums.find(({ gross }) => gross.currency === currency) ?? { orders: 0, gross: none, refunded: none };
  return { ...sum, date, amount: Math.max(0, earnedBy(sum).amount) };
}

function DayTable({ bars }: { bars: readonly Bar[] }) {
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          <th scope="col">{words.orders}</th>
          <th scope="col">{words.amount}</th>
          <th scope="col">{words.refunded}</th>
        </tr>
      </thead>
      <tbody>
        {bars.toReversed().map(({ date, orders, gross, refunded }) => (
          <tr key={date}>
            <th scope="row">{formatDay(date)}</th>
            <td>{formatNumber(orders)}</td>
            <td>{formatAmount(gross)}</td>
            <td>{formatAmount(refunded)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
