import { screen, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { header, openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";

const PAGE = "/library";
const customer = { ...ada, store: null };
const bought = recorded(endpoints.library.list);

test("what was bought is listed with its store, its date, and the way to it", async () => {
  setStage(sessionOf(ada));
  mock(endpoints.library.list, { status: 200, body: bought });
  const app = openApp(PAGE);
  const list = within(await screen.findByRole("list", { name: "Purchases" }));
  expect(list.getByText("Paper moon", { selector: "p" })).toBeVisible();
  expect(list.getByRole("link", { name: "Ada Lovelace" })).toHaveAttribute("href", "/@ada-lovelace");
  expect(list.getByText("Mar 1, 2026")).toBeVisible();
  expect(list.getByRole("link", { name: "Open Paper moon" })).toHaveAttribute(
    "href",
    `/orders/${bought.items[0]?.ref}`,
  );
  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Library" })).toHaveAttribute("href", PAGE);
});

test("the rest comes on demand", async () => {
  setStage(sessionOf(ada));
  const { items, nextCursor } = recorded(endpoints.library.list, "success: there is more");
  const [item] = items;
  mock(endpoints.library.list, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { items: item ? [{ ...item, ref: "0000000001" }] : [], nextCursor: null }
      : { items, nextCursor },
  }));
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByText("2 purchases")).toBeVisible();
});

test("who has bought nothing is led to the products, and to what was bought without logging in", async () => {
  setStage(sessionOf(ada));
  const app = openApp(PAGE);
  expect(await screen.findByText("No purchases yet")).toBeVisible();
  const main = within(screen.getByRole("main"));
  expect(main.getByRole("link", { name: "Browse products" })).toHaveAttribute("href", "/products");
  await app.user.click(main.getByRole("link", { name: "Find your purchases" }));
  expect(await screen.findByRole("form", { name: "Find your purchases" })).toBeVisible();
});

test("the dashboard of a customer is their library", async () => {
  const stage = setStage(sessionOf(customer));
  stage.account.isEmailVerified = false;
  stage.site = { ...stage.site, kind: "my_store", canSendMail: false };
  mock(endpoints.library.list, { status: 200, body: bought });
  openApp("/dashboard");
  expect(await screen.findByRole("heading", { level: 2, name: "Library" })).toBeVisible();
  expect(await screen.findByRole("link", { name: "Open Paper moon" })).toBeVisible();
});
