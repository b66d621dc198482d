import type { Currency, SalesSum } from "@yumroad/contract";
import { formatAmount, formatDay } from "../../platform/lib/format.ts";
import { salesSummaryWords } from "../../words/sales-summary.ts";
import { axisTicks, tickWords } from "./axis-ticks.ts";
import classes from "./sales-bars.module.css";

const words = salesSummaryWords.chart;
const HEIGHT = 100;
const BAR = 8;
const STEP = 10;
const WEEK = 7;
/** A day with a sale is seen, however small beside the best one. */
const LEAST_HEIGHT = 2;

export interface Bar extends SalesSum {
  date: string;
  amount: number;
}

/** Days as bars between two axes, for sight alone: the picture's name says the most important, and a table all. */
export function SalesBars({ bars, currency }: { bars: readonly Bar[]; currency: Currency }) {
  const best = bars.reduce((one, other) => (other.amount > one.amount ? other : one));
  const total = bars.reduce((sum, { amount }) => sum + amount, 0);
  if (best.amount === 0) return <p className={classes.empty}>{words.empty}</p>;
  const amountOf = (amount: number) => formatAmount({ amount, currency });
  const ticks = axisTicks(best.amount);
  const top = ticks.at(-1) ?? best.amount;
  const width = bars.length * STEP;
  const yOf = (amount: number) => HEIGHT - (HEIGHT * amount) / top;
  return (
    <div className={classes.chart}>
      <p className={classes.amounts} aria-hidden="true">
        {ticks.map((amount) => (
          <span key={amount}>{tickWords({ amount, currency })}</span>
        ))}
      </p>
      <svg
        className={classes.plot}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.label(amountOf(total), formatDay(best.date), amountOf(best.amount))}
      >
        {ticks.map((amount) => (
          <line key={amount} x1={0} x2={width} y1={yOf(amount)} y2={yOf(amount)} />
        ))}
        {bars.map(({ date, amount }, index) => {
          const height = amount === 0 ? 0 : Math.max(LEAST_HEIGHT, HEIGHT - yOf(amount));
          return (
            <rect key={date} x={index * STEP + 1} y={HEIGHT - height} width={BAR} height={height}>
              <title>{`${formatDay(date)}: ${amountOf(amount)}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className={classes.days} aria-hidden="true">
        {bars
          .filter((_, index) => index % WEEK === 0)
          .map(({ date }) => (
            <span key={date}>{formatDay(date)}</span>
          ))}
      </p>
    </div>
  );
}
