import { screen } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { header, main, openApp, openLoggedIn } from "../../test/render-app.tsx";
import { ada, adaAsOperator, card, ownProduct, product, sessionOf, setStage } from "../../test/stage.ts";

const customer = { ...ada, store: null };

function setMyStore(session?: Parameters<typeof setStage>[0]) {
  const stage = setStage(session);
  stage.account.isEmailVerified = false;
  stage.site = { ...stage.site, kind: "my_store", canSendMail: false };
  return stage;
}

test("R86: the home page of a shop with one seller is what is for sale, without a pitch to sellers", async () => {
  setMyStore();
  mock(endpoints.products.list, { status: 200, body: { items: [card("Paper moon")], nextCursor: null } });
  openApp("/");
  expect(await screen.findByRole("heading", { level: 1, name: "Yumroad" })).toBeVisible();
  expect(await screen.findByRole("link", { name: /Paper moon/ })).toBeVisible();
  expect(screen.queryByText(/sell your work/i)).not.toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Start selling" })).not.toBeInTheDocument();
});

test("R86: a marketplace makes its pitch to visitors, and never to who is logged in", async () => {
  setStage();
  await openLoggedIn("/");
  expect(await screen.findByRole("heading", { level: 1, name: "Recent products" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Start selling" })).not.toBeInTheDocument();
});

test("R86: a customer is offered nothing that only the owner can do", async () => {
  setMyStore(sessionOf(customer));
  const app = openApp("/dashboard");
  expect(await screen.findByRole("heading", { level: 1, name: "Ada" })).toBeVisible();
  expect(await main().findByRole("link", { name: "Browse products" })).toBeVisible();
  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Settings" })).toBeVisible();
  for (const name of ["Your products", "Add a product", "Sales", "Your store"]) {
    expect(screen.queryByRole("menuitem", { name })).not.toBeInTheDocument();
  }
});

test.each(["/products/new", "/dashboard/products", "/dashboard/products/paper-moon", "/sales", "/sales/MYH917J246"])(
  "R86: a customer who opens %s reads that only the owner sells, and the server is not asked",
  async (address) => {
    setMyStore(sessionOf(customer));
    openApp(address);
    expect(await screen.findByRole("heading", { level: 1, name: "Only the shop owner can sell here" })).toBeVisible();
  },
);

test("R86: a former operator gets to the orders of their closed store, and to nothing else of a seller", async () => {
  setMyStore(sessionOf(ada));
  mock(endpoints.sales.list, { status: 200, body: { items: [], nextCursor: null } });
  const app = openApp("/sales");
  expect(await screen.findByRole("heading", { level: 1, name: "Sales" })).toBeVisible();
  expect(await main().findByText("No sales yet")).toBeVisible();
  expect(main().queryByRole("link", { name: "Your products" })).not.toBeInTheDocument();
  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Sales" })).toHaveAttribute("href", "/sales");
  for (const name of ["Your products", "Add a product", "Your store"]) {
    expect(screen.queryByRole("menuitem", { name })).not.toBeInTheDocument();
  }
});

test("R86: the operator of a shop with one seller sells as in a marketplace", async () => {
  setMyStore(sessionOf(adaAsOperator)).account.isEmailVerified = true;
  openApp("/products/new");
  expect(await screen.findByRole("form", { name: "Add a product" })).toBeVisible();
});

test("R86: the first product asks for the store's name, says that it is public, and the header has the store", async () => {
  setStage(sessionOf(customer)).account.isEmailVerified = false;
  const more = { store: { handle: "plum-paper", name: "Plum & Paper" } };
  const made = ownProduct("Paper moon", more);
  const asked = mock(endpoints.products.create, { status: 201, body: made });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon", more) });
  const app = openApp("/products/new");
  const field = await screen.findByLabelText("Store name");
  expect(field).toHaveValue("Ada");
  expect(field).toHaveAccessibleDescription(/^Public:/);
  await app.user.clear(field);
  await app.user.type(field, "Plum & Paper");
  await app.user.type(screen.getByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "12");
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(asked[0]?.body).toMatchObject({ name: "Paper moon", storeName: "Plum & Paper" });
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Your store" })).toHaveAttribute("href", "/@plum-paper");
});
