import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, onTestFinished, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { header, main, openApp } from "../../test/render-app.tsx";
import { setStage, shopOf } from "../../test/stage.ts";
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
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Go home" })).toHaveAttribute("href", "/");
});

test("after a navigation the focus is on the new heading; on the first page it is left alone", async () => {
  setStage();
  const app = openApp("/");
  await screen.findByRole("heading", { level: 1 });
  expect(document.body).toHaveFocus();
  await app.user.click(header().getByRole("link", { name: "Search" }));
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
    await screen.findByText(/No products found/);
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
  expect(screen.getByRole("button", { name: "Skip to content" })).toHaveFocus();
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
    "/sales",
    "/sales/countries",
    "/sales/:ref",
    "/discounts",
    "/library",
    "/settings/profile",
    "/settings/store",
    "/settings/security",
    "/settings/data",
    "/operator/stores",
    "/operator/people",
    "/operator/mail",
    "/operator/payments",
    "/operator/shop",
  ]);
});

test("R83: the name in the document is on the page before the shop has answered, and no other", async () => {
  setStage();
  mock(endpoints.shop.get, () => new Promise(() => {}));
  const meta = Object.assign(document.createElement("meta"), { name: "application-name", content: "Paper & Ink" });
  document.head.append(meta);
  onTestFinished(() => meta.remove());
  openApp("/nothing/here");
  expect(await screen.findByRole("link", { name: "Paper & Ink" })).toBeVisible();
  await waitFor(() => expect(document.title).toMatch(/ · Paper & Ink$/));
  expect(document.body).not.toHaveTextContent("Yumroad");
});

test("R83: the footer has what the operators say of the shop", async () => {
  const stage = setStage();
  openApp("/");
  expect(await screen.findByText("Powered by Yumroad – open-source, self-hosted.")).toBeVisible();
  stage.site = shopOf({
    name: "Paper & Ink",
    tagline: "Zines and fonts",
    legalName: "Ada Lovelace",
    legalAddress: "1 St James’s Square\nLondon",
    contactEmail: "hello@example.com",
    footerLinks: [
      { label: "Imprint", href: "https://example.com/imprint" },
      { label: "Write to us", href: "mailto:hello@example.com" },
    ],
    showsPoweredBy: false,
  });
  cleanup();
  openApp("/");
  const footer = within(await screen.findByRole("contentinfo"));
  expect(await footer.findByText("Paper & Ink – Zines and fonts")).toBeVisible();
  const link = footer.getByRole("link", { name: "Imprint" });
  expect([link.getAttribute("href"), link.getAttribute("rel")]).toEqual(["https://example.com/imprint", "noopener"]);
  expect(footer.getByText(/Ada Lovelace\s+1 St James’s Square\s+London/)).toBeVisible();
  expect(footer.getByRole("link", { name: "hello@example.com" })).toHaveAttribute("href", "mailto:hello@example.com");
  expect(footer.queryByText(/Powered by/)).not.toBeInTheDocument();
});
