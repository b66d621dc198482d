import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type OwnProductCard } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, openLoggedIn } from "../../../test/render-app.tsx";
import { ownCard, setStage } from "../../../test/stage.ts";

const PAGE = "/dashboard/products";

/** A server with these products, which it searches, filters and deletes. */
function setProductsStage(products: OwnProductCard[]) {
  setStage();
  const stage = { products };
  const lists = mock(endpoints.products.listOwn, ({ query }) => {
    const [q, status] = [query.get("q") ?? "", query.get("status")];
    const items = stage.products.filter(
      (product) => product.name.includes(q) && (status === null || product.status === status),
    );
    return { status: 200, body: { items, nextCursor: null } };
  });
  const deletions = mock(endpoints.products.delete, ({ params }) => {
    stage.products = stage.products.filter(({ slug }) => slug !== params.slug);
    return { status: 204, body: null };
  });
  return { lists, deletions };
}

const table = async () => within(await screen.findByRole("table", { name: "Your products" }));
const names = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getByRole("link").textContent);

async function openMenu(app: App, name: string) {
  await app.user.click(await screen.findByRole("button", { name: `Actions for “${name}”` }));
  return within(await screen.findByRole("menu"));
}

test("a product is listed with its status, its price and when it was changed", async () => {
  setProductsStage([ownCard("Paper moon", { status: "draft" })]);
  await openLoggedIn(PAGE);
  const list = await table();
  expect(list.getByRole("link", { name: "Paper moon" })).toHaveAttribute("href", `${PAGE}/paper-moon`);
  for (const words of ["Draft", "€12.00", "Mar 1, 2026"]) expect(list.getByText(words)).toBeVisible();
  expect(screen.getByText("1 product")).toBeVisible();
});

test("what the operator took down says so", async () => {
  setProductsStage(recorded(endpoints.products.listOwn, "success: one is taken down").items);
  await openLoggedIn(PAGE);
  const list = await table();
  expect(list.getByText("Taken down")).toBeVisible();
  expect(list.queryByText("Archived")).not.toBeInTheDocument();
});

test("the menu of a product leads to its form and, once published, to its page", async () => {
  setProductsStage([ownCard("Paper moon"), ownCard("Field notes", { status: "draft" })]);
  const app = await openLoggedIn(PAGE);
  const menu = await openMenu(app, "Paper moon");
  expect(menu.getByRole("menuitem", { name: "Edit" })).toHaveAttribute("href", `${PAGE}/paper-moon`);
  expect(menu.getByRole("menuitem", { name: "View page" })).toHaveAttribute("href", "/p/paper-moon");
  await app.user.keyboard("{Escape}");
  const ofDraft = await openMenu(app, "Field notes");
  expect(ofDraft.queryByRole("menuitem", { name: "View page" })).not.toBeInTheDocument();
});

test("a product is deleted by keyboard alone, and the focus is not lost", async () => {
  const { deletions } = setProductsStage([ownCard("Paper moon"), ownCard("Field notes")]);
  const app = await openLoggedIn(PAGE);
  const button = await screen.findByRole("button", { name: "Actions for “Paper moon”" });
  button.focus();
  await app.user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: "Edit" })).toHaveFocus());
  await app.user.keyboard("{ArrowUp}{Enter}");
  const dialog = within(await screen.findByRole("dialog", { name: "Delete “Paper moon”?" }));
  await app.user.click(dialog.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(button).toHaveFocus());
  await app.user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: "Edit" })).toHaveFocus());
  await app.user.keyboard("{ArrowUp}{Enter}");
  const again = within(await screen.findByRole("dialog", { name: "Delete “Paper moon”?" }));
  await app.user.click(again.getByRole("button", { name: "Delete product" }));
  expect(await screen.findByText("“Paper moon” is deleted")).toBeVisible();
  expect(names()).toEqual(["Field notes"]);
  expect(deletions.map(({ params }) => params.slug)).toEqual(["paper-moon"]);
  await waitFor(() => expect(screen.getByRole("group", { name: "Your products" })).toHaveFocus());
});

test("products are searched and filtered in the address, and one link leads back to all", async () => {
  const { lists } = setProductsStage([
    ownCard("Paper moon"),
    ownCard("Paper boat", { status: "draft" }),
    ownCard("Field notes", { status: "draft" }),
  ]);
  const app = await openLoggedIn(PAGE);
  await table();
  await app.user.selectOptions(screen.getByRole("combobox", { name: "Status" }), "Draft");
  await waitFor(() => expect(names()).toEqual(["Paper boat", "Field notes"]));
  await app.user.type(screen.getByRole("searchbox", { name: "Search your products" }), "Paper");
  await waitFor(() => expect(names()).toEqual(["Paper boat"]));
  expect(app.address()).toBe(`${PAGE}?status=draft&q=Paper`);
  expect(lists.map(({ query }) => [query.get("q"), query.get("status")]).at(-1)).toEqual(["Paper", "draft"]);
  await app.user.selectOptions(screen.getByRole("combobox", { name: "Status" }), "Archived");
  expect(await screen.findByText("No products found for “Paper”.")).toBeVisible();
  await app.user.clear(screen.getByRole("searchbox", { name: "Search your products" }));
  expect(await screen.findByText("No products with this status.")).toBeVisible();
  await app.user.click(screen.getByRole("link", { name: "Show all products" }));
  await waitFor(() => expect(names()).toEqual(["Paper moon", "Paper boat", "Field notes"]));
  expect(app.address()).toBe(PAGE);
});

test("a status that does not exist is no filter", async () => {
  const { lists } = setProductsStage([ownCard("Paper moon")]);
  await openLoggedIn(`${PAGE}?status=sold`);
  await table();
  expect(lists.map(({ query }) => query.get("status"))).toEqual([null]);
});
