import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { header, main, openApp } from "../../test/render-app.tsx";
import { setStage } from "../../test/stage.ts";
import { needsLogIn, pages } from "./pages.ts";

test("every page lies in one main, under one header, with one h1 and a title of its own", async () => {
  setStage();
  const app = openApp("/");
  const titles = new Set<string>();
  for (const path of ["/", "/products", "/login", "/signup", "/nothing/here"]) {
    await app.goTo(path);
    expect(await main().findByRole("heading", { level: 1 })).toBeVisible();
    expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
    expect(header().getByRole("link", { name: "Yumroad" })).toBeVisible();
    titles.add(document.title);
  }
  expect(titles.size).toBe(5);
});

test("any other address is a real not-found page", async () => {
  setStage();
  openApp("/nothing/here");
  expect(await screen.findByRole("heading", { level: 1, name: "This road leads nowhere" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Go home" })).toHaveAttribute("href", "/");
});

test("after a navigation the focus is on the new heading; on the first page it is left alone", async () => {
  setStage();
  const app = openApp("/");
  await screen.findByRole("heading", { level: 1 });
  expect(document.body).toHaveFocus();
  await app.user.click(header().getByRole("link", { name: "Browse" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Browse" })).toHaveFocus());
});

test("the focus stays in a search that is typed into, pause after pause", async () => {
  setStage();
  const app = openApp("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  const search = main().getByRole("searchbox");
  for (const [letter, address] of [
    ["w", "/products?q=w"],
    ["i", "/products?q=wi"],
  ] as const) {
    await app.user.type(search, letter);
    await waitFor(() => expect(app.address()).toBe(address));
    await screen.findByText(/Nothing found/);
    expect(search).toHaveFocus();
  }
});

test("Back to the first page puts the focus on its heading; a later page that is loaded anew leaves it alone", async () => {
  setStage();
  const app = openApp("/");
  await screen.findByRole("heading", { level: 1 });
  await app.goTo("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  await app.goBack();
  await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: /Sell your work/ })).toHaveFocus());
  await app.goTo("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  app.reload();
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  expect(document.body).toHaveFocus();
});

test("the first stop of the keyboard skips to the content", async () => {
  setStage();
  const app = openApp("/");
  await screen.findByRole("heading", { level: 1 });
  await app.user.tab();
  expect(screen.getByRole("button", { name: "Skip to the content" })).toHaveFocus();
  await app.user.keyboard("{Enter}");
  expect(screen.getByRole("main")).toHaveFocus();
});

test("light or dark follows the system until one says otherwise", async () => {
  setStage();
  const app = openApp("/");
  expect(await screen.findByRole("radio", { name: "System" })).toBeChecked();
  await app.user.click(screen.getByRole("radio", { name: "Dark" }));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
});

test("the search in the header leads to the results", async () => {
  setStage();
  const app = openApp("/");
  await screen.findByRole("heading", { level: 1 });
  await app.user.type(await header().findByRole("searchbox", { name: "Search products" }), "a & b{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
  expect(app.address()).toBe("/products?q=a+%26+b");
});

test("S1: pages that are for logged-in users only are exactly these", () => {
  const guarded = Object.values(pages).filter(needsLogIn);
  expect(guarded.map(({ path }) => path)).toEqual([
    "/products/new",
    "/dashboard",
    "/dashboard/products",
    "/dashboard/products/:slug",
    "/settings/profile",
    "/settings/store",
    "/settings/security",
    "/settings/data",
    "/operator/stores",
    "/operator/people",
  ]);
});
