import { cleanup, screen, within } from "@testing-library/react";
import { endpoints, type OwnProductCard, type User } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../test/mock.ts";
import {
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  main,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { ada, card, ownCard, PASSWORD, sessionOf, setStage, storeOf } from "../../test/stage.ts";

function mockOwn(items: OwnProductCard[]) {
  mock(endpoints.products.listOwn, { status: 200, body: { items, nextCursor: null } });
}

async function steps(name = "Getting started") {
  const section = within(await screen.findByRole("region", { name }));
  return section.getAllByRole("listitem").map((item) => ({
    text: item.textContent,
    href: within(item).queryByRole("link")?.getAttribute("href") ?? null,
  }));
}

test("a new store is led to its first product", async () => {
  setStage();
  await openLoggedIn("/dashboard");
  expect(main().getByRole("heading", { level: 1, name: "Ada" })).toBeVisible();
  expect(main().getByRole("link", { name: "@ada" })).toHaveAttribute("href", "/@ada");
  expect(document.title).toBe("Dashboard · Yumroad");
  expect(await steps()).toEqual([
    { text: "Add your first product", href: "/products/new" },
    { text: "Publish it", href: null },
    { text: "View your store", href: null },
  ]);
  expect(screen.getByText("You haven’t added a product yet")).toBeVisible();
});

test("the navigation has groups, one of them for the operator alone", async () => {
  const groupsOf = async (user: User) => {
    setStage(sessionOf(user));
    openApp("/dashboard");
    const nav = within(await screen.findByRole("navigation", { name: "Your pages" }));
    const groups = ["Selling", "Admin", "Account"].map((name) => nav.queryByRole("group", { name }));
    const links = groups.map(
      (group) =>
        group &&
        within(group)
          .getAllByRole("link")
          .map(({ textContent }) => textContent),
    );
    cleanup();
    return links;
  };
  const [selling, account] = [
    ["Your store", "Your products", "Sales", "Discount codes"],
    ["Library", "Settings"],
  ];
  expect(await groupsOf(ada)).toEqual([selling, null, account]);
  const admin = ["People", "Stores", "Emails", "Payments", "Shop settings"];
  expect(await groupsOf({ ...ada, isOperator: true })).toEqual([selling, admin, account]);
});

test("a user without a store sees everything but the ways to one", async () => {
  const stage = setStage(sessionOf({ ...ada, store: null }));
  stage.account.isEmailVerified = false;
  const app = openApp("/dashboard");
  expect(await screen.findByRole("heading", { level: 1, name: "Ada" })).toBeVisible();
  expect((await steps()).map(({ text }) => text)).toEqual(["Add your first product", "Publish it"]);
  expect(main().queryByText(/Your store/)).not.toBeInTheDocument();

  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Your products" })).toBeVisible();
  expect(screen.queryByRole("menuitem", { name: "Your store" })).not.toBeInTheDocument();

  await app.goTo("/settings/profile");
  expect(await screen.findByRole("button", { name: "Change your name" })).toBeVisible();
  expect(main().queryByText(/Your store/)).not.toBeInTheDocument();

  await app.goTo("/products/new");
  const preview = within(await screen.findByRole("region", { name: "Preview" }));
  expect(preview.getByText("Your product")).toBeVisible();
  expect(preview.getByText("Ada").parentElement).toHaveTextContent(/^by Ada @?/);
});

test("then to publishing it", async () => {
  setStage();
  mockOwn([ownCard("Paper moon", { status: "draft" })]);
  await openLoggedIn("/dashboard");
  expect(await steps()).toEqual([
    { text: "Add your first product (done)", href: null },
    { text: "Publish it", href: "/dashboard/products/paper-moon" },
    { text: "View your store", href: null },
  ]);
});

test("then to its store; once that was seen, the steps are gone", async () => {
  setStage();
  mockOwn([ownCard("Paper moon")]);
  mock(endpoints.stores.get, {
    status: 200,
    body: { store: storeOf(ada.store), items: [card("Paper moon")], nextCursor: null },
  });
  const app = await openLoggedIn("/dashboard");
  expect((await steps())[2]).toEqual({ text: "View your store", href: "/@ada" });
  await app.user.click(screen.getByRole("link", { name: "View your store" }));
  await main().findByText("1 product");
  await app.goTo("/dashboard");
  expect(await screen.findByRole("heading", { name: "Recent products" })).toBeVisible();
  expect(screen.queryByRole("region", { name: "Getting started" })).not.toBeInTheDocument();
  // The answer to a logout wipes this site's storage, but the first steps must not come back.
  mock(endpoints.auth.logout, () => {
    localStorage.clear();
    return { status: 204, body: null };
  });
  await logOut(app);
  await expectLoggedOut();
  expect(JSON.stringify({ ...localStorage })).not.toContain("ada");
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  await app.goTo("/dashboard");
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
  expect(screen.queryByRole("region", { name: "Getting started" })).not.toBeInTheDocument();
});

test("what was taken off the shelf is not offered to be published as a first step", async () => {
  setStage();
  mockOwn([ownCard("Paper moon", { status: "archived" })]);
  await openLoggedIn("/dashboard");
  expect((await steps())[1]).toEqual({ text: "Publish it (done)", href: null });
});

test("the newest products are there, each leading to its form, and the way to all of them", async () => {
  setStage();
  mockOwn(["One one", "Two two", "Three three", "Four four", "Five five"].map((name) => ownCard(name)));
  await openLoggedIn("/dashboard");
  expect(await screen.findByRole("link", { name: "One one" })).toHaveAttribute("href", "/dashboard/products/one-one");
  expect(screen.getByRole("link", { name: "Four four" })).toBeVisible();
  expect(screen.queryByText("Five five")).not.toBeInTheDocument();
  expect(screen.getByRole("link", { name: "See all" })).toHaveAttribute("href", "/dashboard/products");
  expect(screen.queryByRole("region", { name: "Getting started" })).not.toBeInTheDocument();
});

test("products that can't be loaded come with another try, and no first steps are made up", async () => {
  setStage();
  mock(endpoints.products.listOwn, { refusal: "internal_error" });
  const app = await openLoggedIn("/dashboard");
  expect(await screen.findByText("The products could not be loaded")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Getting started" })).not.toBeInTheDocument();
  mockOwn([ownCard("Paper moon")]);
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
});

test.each([
  [false, { text: "The shop owner has to confirm that email works", href: null }],
  [true, { text: "Send a test email and open its link", href: "/operator/shop" }],
])("R100: what is missing before the first sale is listed with its links (operator: %s)", async (isOperator, mail) => {
  setStage(sessionOf({ ...ada, isOperator }));
  mock(endpoints.sales.getReadiness, { status: 200, body: { missing: ["legal_details", "payments", "mail"] } });
  openApp("/dashboard");
  expect(await steps("Before you can sell")).toEqual([
    { text: "Add your legal name and address", href: "/settings/store" },
    { text: "Add how buyers pay", href: "/settings/store" },
    mail,
  ]);
});

test("R100: a store that can sell lists nothing", async () => {
  setStage(sessionOf(ada));
  openApp("/dashboard");
  expect(await screen.findByRole("region", { name: "Getting started" })).toBeVisible();
  expect(screen.queryByRole("region", { name: "Before you can sell" })).not.toBeInTheDocument();
});

test("R106: a seller sees what was sold by period and by day, the best products and the newest orders", async () => {
  setStage();
  mock(endpoints.sales.summarize, { status: 200, body: recorded(endpoints.sales.summarize) });
  mock(endpoints.sales.list, { status: 200, body: recorded(endpoints.sales.list) });
  const app = await openLoggedIn("/dashboard");
  const today = (await screen.findByText("Today")).parentElement;
  expect(today).toHaveTextContent("Today€7.001 order");

  const chart = within(screen.getByRole("region", { name: "Last 28 days" }));
  expect(chart.getByRole("img", { name: /^Sales by day: €7\.00 in 28 days/ })).toBeVisible();
  await app.user.click(chart.getByRole("button", { name: "Show as table" }));
  expect(chart.getAllByRole("row")).toHaveLength(29);
  expect(chart.getByRole("row", { name: /^Mar 1 1 €12\.00 €5\.00$/ })).toBeVisible();

  const best = within(screen.getByRole("region", { name: "Best sellers" }));
  expect(best.getByRole("link")).toHaveAttribute("href", expect.stringMatching(/^\/dashboard\/products\//));
  const recent = within(screen.getByRole("region", { name: "Recent orders" }));
  expect(recent.getByRole("link", { name: "See all" })).toHaveAttribute("href", "/sales");
  expect(recent.getAllByRole("listitem")).toHaveLength(1);
});

test("R106: a seller who sold nothing yet sees no empty figures", async () => {
  setStage();
  await openLoggedIn("/dashboard");
  expect(await screen.findByText("You haven’t added a product yet")).toBeVisible();
  expect(screen.queryByText("Today")).not.toBeInTheDocument();
});
