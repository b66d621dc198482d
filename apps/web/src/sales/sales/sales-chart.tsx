import type { Currency, SalesDay, SalesSum } from "@yumroad/contract";
import { useId, useState } from "react";
import { formatAmount, formatDay, formatNumber } from "../../platform/lib/format.ts";
import button from "../../platform/ui/text-button.module.css";
import { salesSummaryWords } from "../../words/sales-summary.ts";
import { earnedBy } from "./earned-by.ts";
import classes from "./sales-chart.module.css";

const words = salesSummaryWords.chart;
const HEIGHT = 100;
const BAR = 8;
const STEP = 10;
/** A day with a sale is seen, however small beside the best one. */
const LEAST_HEIGHT = 2;

interface SalesChartProps {
  days: readonly SalesDay[];
  currency: Currency;
}

interface Bar extends SalesSum {
  date: string;
  amount: number;
}

/** Sales of each day in one currency as bars, or as a table with the same numbers. */
export function SalesChart({ days, currency }: SalesChartProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const bars = days.map((day) => barOf(day, currency));
  return (
    <div className={classes.chart}>
      <div id={id}>{isTable ? <DayTable bars={bars} /> : <Bars bars={bars} currency={currency} />}</div>
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

function Bars({ bars, currency }: { bars: readonly Bar[]; currency: Currency }) {
  const best = bars.reduce((one, other) => (other.amount > one.amount ? other : one));
  const total = bars.reduce((sum, { amount }) => sum + amount, 0);
  if (best.amount === 0) return <p className={classes.empty}>{words.empty}</p>;
  const amountOf = (amount: number) => formatAmount({ amount, currency });
  return (
    <>
      <p className={classes.most} aria-hidden="true">
        {amountOf(best.amount)}
      </p>
      <svg
        className={classes.bars}
        viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.label(amountOf(total), formatDay(best.date), amountOf(best.amount))}
      >
        {bars.map(({ date, amount }, index) => {
          const height = amount === 0 ? 0 : Math.max(LEAST_HEIGHT, (HEIGHT * amount) / best.amount);
          return (
            <rect key={date} x={index * STEP + 1} y={HEIGHT - height} width={BAR} height={height}>
              <title>{`${formatDay(date)}: ${amountOf(amount)}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className={classes.axis} aria-hidden="true">
        <span>{formatDay(bars[0]?.date ?? "")}</span>
        <span>{formatDay(bars.at(-1)?.date ?? "")}</span>
      </p>
    </>
  );
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
