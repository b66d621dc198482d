import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type SaleCard } from "@yumroad/contract";
import { expect, test } from "vitest";
import { catchDownloads } from "../../../test/downloads.ts";
import { mock, recorded } from "../../../test/mock.ts";
import { header, openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";
import { saleStateWords } from "./sale-words.ts";

const PAGE = "/sales";

const [sold] = recorded(endpoints.sales.list).items as [SaleCard];

function setSalesStage(sales: SaleCard[]) {
  setStage(sessionOf(ada));
  return mock(endpoints.sales.list, ({ query }) => {
    const q = query.get("q") ?? "";
    return { status: 200, body: { items: sales.filter(({ email }) => email.startsWith(q)), nextCursor: null } };
  });
}

test("a sale is listed with what was bought, by whom, when, for how much, and its state", async () => {
  setSalesStage([sold]);
  const app = openApp(PAGE);
  const list = within(await screen.findByRole("table", { name: "Sales" }));
  const link = list.getByRole("link", { name: `Paper moon, order ${sold.ref}` });
  expect(link).toHaveAttribute("href", `/sales/${sold.ref}`);
  for (const words of [sold.email, "Mar 1, 2026", "€12.00", "Paid"]) expect(list.getByText(words)).toBeVisible();
  expect(list.queryByText(/refunded/)).not.toBeInTheDocument();
  expect(screen.getByText("1 order")).toBeVisible();
  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Sales" })).toHaveAttribute("href", PAGE);
});

test("a refunded order says how much of it was refunded", async () => {
  setSalesStage(recorded(endpoints.sales.list, "success: partly refunded").items);
  openApp(PAGE);
  expect(await screen.findByText("€5.00 refunded")).toBeVisible();
});

test("a store without sales says so, and a search without a result leads back to all", async () => {
  const lists = setSalesStage([]);
  const app = openApp(PAGE);
  expect(await screen.findByText("No sales yet")).toBeVisible();
  await app.user.type(screen.getByRole("searchbox", { name: "Search by email or order" }), "bob@");
  expect(await screen.findByText("No sales found for “bob@”.")).toBeVisible();
  expect(app.address()).toBe(`${PAGE}?q=bob%40`);
  await app.user.click(screen.getByRole("link", { name: "Show all sales" }));
  expect(await screen.findByText("No sales yet")).toBeVisible();
  expect(lists.map(({ query }) => query.get("q"))).toEqual([null, "bob@", null]);
});

test("sales are filtered by their status, beside the search", async () => {
  const lists = setSalesStage([sold]);
  const app = openApp(`${PAGE}?q=${sold.email}`);
  await screen.findByRole("table", { name: "Sales" });
  await app.user.selectOptions(screen.getByRole("combobox", { name: "Status" }), "Waiting for payment");
  await waitFor(() => expect(lists).toHaveLength(2));
  expect(lists.map(({ query }) => query.get("status"))).toEqual([null, "waiting"]);
  expect(lists.map(({ query }) => query.get("q"))).toEqual([sold.email, sold.email]);
  await app.user.clear(screen.getByRole("searchbox", { name: "Search by email or order" }));
  await waitFor(() => expect(app.address()).toBe(`${PAGE}?status=waiting`));
});

test("the rest comes on demand", async () => {
  setSalesStage([]);
  const { items, nextCursor } = recorded(endpoints.sales.list, "success: there is more");
  const asked = mock(endpoints.sales.list, ({ query }) => ({
    status: 200,
    body: query.has("cursor") ? { items: [{ ...sold, ref: "0000000001" }], nextCursor: null } : { items, nextCursor },
  }));
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByText("2 orders")).toBeVisible();
  expect(asked.map(({ query }) => query.get("cursor"))).toEqual([null, nextCursor]);
});

test.each<[words: string, sale: Partial<SaleCard>]>([
  ["Paid", {}],
  ["Refunded", { refunded: sold.total }],
  ["Partly refunded", { refunded: { ...sold.total, amount: 1 } }],
  ["Waiting for payment", { state: "open" }],
  ["Waiting for payment", { state: "pending" }],
  ["Declined", { state: "failed" }],
  ["Expired", { state: "expired" }],
  ["Needs attention", { isInTrouble: true, refunded: sold.total }],
  // Nothing was paid, and nothing refunded.
  ["Paid", { total: { ...sold.total, amount: 0 } }],
])("the state “%s” of %j", (words, sale) => {
  expect(saleStateWords({ ...sold, ...sale })).toBe(words);
});

test("R120: all sales are saved as a CSV file; a refusal says so and saves nothing", async () => {
  setSalesStage([sold]);
  mock(endpoints.sales.export, { status: 200, body: null, file: { content: "order,number\r\n" } });
  const app = openApp(PAGE);
  const downloads = catchDownloads();
  const button = await screen.findByRole("button", { name: "Download CSV" });
  await app.user.click(button);
  await waitFor(() => expect(downloads).toHaveLength(1));
  expect(downloads[0]?.name).toMatch(/^sales-.+\.csv$/);
  expect(await downloads[0]?.content.text()).toBe("order,number\r\n");
  mock(endpoints.sales.export, { refusal: "rate_limited", retryAfter: 90 });
  await app.user.click(button);
  expect(await screen.findByText(/Couldn’t download the sales\. Too many attempts/)).toBeVisible();
  expect(downloads).toHaveLength(1);
});
