import { catalogue } from "./catalogue.ts";

export const salesSummaryWords = catalogue({
  seeAll: "See all",
  today: "Today",
  last7Days: "Last 7 days",
  last28Days: "Last 28 days",
  allTime: "All time",
  orders: (count: string, isOne: boolean) => (isOne ? `${count} order` : `${count} orders`),
  more: (amount: string) => `and ${amount}`,
  chart: {
    title: "Last 28 days",
    label: (total: string, best: string, bestAmount: string) =>
      `Sales by day: ${total} in 28 days. Best day: ${best} with ${bestAmount}.`,
    empty: "No sales in the last 28 days.",
    showTable: "Show as table",
    showChart: "Show as chart",
    caption: "Sales by day, the newest first",
    day: "Day",
    orders: "Orders",
    amount: "Sales",
    refunded: "Refunded",
  },
  bestSellers: "Best sellers",
  noBestSellers: "No product sold in the last 28 days.",
  recentOrders: "Recent orders",
});
