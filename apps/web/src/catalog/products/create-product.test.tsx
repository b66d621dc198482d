import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openApp, openLoggedIn } from "../../../test/render-app.tsx";
import { ownCard, ownProduct, product, setStage } from "../../../test/stage.ts";

test("S11, S23: anonymous, the new-product page leads to the log-in page", async () => {
  setStage();
  openApp("/products/new");
  expect(await screen.findByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  expect(screen.queryByLabelText("Price")).not.toBeInTheDocument();
});

test("S12, S23: logged in, a product is published and its page shown, with a word of success", async () => {
  setStage();
  const created = mock(endpoints.products.create, ({ body }) => ({
    status: 201,
    body: ownProduct(body.name, { description: body.description, price: body.price }),
  }));
  mock(endpoints.products.get, { status: 200, body: product("Paper moon", { description: "One\n\nTwo" }) });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "  Paper moon ");
  await app.user.type(screen.getByLabelText("Price"), "19,99");
  await app.user.type(screen.getByLabelText("Description"), "One{enter}{enter}Two");
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(app.address()).toBe("/p/paper-moon");
  expect(screen.getByText("“Paper moon” is published")).toBeVisible();
  expect(created.map(({ body }) => body)).toEqual([
    {
      ...{ name: "Paper moon", description: "One\n\nTwo", status: "published" },
      ...{ price: { amount: 1999, currency: "EUR" }, pricing: "fixed", suggestedAmount: null },
    },
  ]);
});

test("a draft is saved as one, and listed among one's own", async () => {
  setStage();
  const created = mock(endpoints.products.create, { status: 201, body: ownProduct("Paper moon", { status: "draft" }) });
  mock(endpoints.products.listOwn, {
    status: 200,
    body: { items: [ownCard("Paper moon", { status: "draft" })], nextCursor: null },
  });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "0");
  await app.user.click(screen.getByRole("button", { name: "Save draft" }));
  const list = within(await screen.findByRole("table", { name: "Your products" }));
  expect(list.getByText("Draft")).toBeVisible();
  expect(list.getByRole("link", { name: "Paper moon" })).toHaveAttribute("href", "/dashboard/products/paper-moon");
  expect(created[0]?.body).toMatchObject({ status: "draft", price: { amount: 0, currency: "EUR" } });
});

test("R101: buyers can name the price, from a least one; a reload keeps the choice", async () => {
  setStage();
  const created = mock(endpoints.products.create, { status: 201, body: ownProduct("Paper moon") });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  let app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  expect(screen.queryByLabelText("Suggested price")).not.toBeInTheDocument();
  await app.user.selectOptions(screen.getByLabelText("Pricing"), "Pay what you want");
  await app.user.type(screen.getByLabelText("Minimum price"), "5");
  await app.user.type(screen.getByLabelText("Suggested price"), "4,99");
  const preview = within(screen.getByRole("region", { name: "Preview" }));
  expect(preview.getByText("€5.00+")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(screen.getByLabelText("Suggested price")).toHaveAccessibleDescription(/Enter at least EUR 5.00/);
  app = app.reload();
  const suggestion = await screen.findByLabelText("Suggested price");
  expect(suggestion).toHaveValue("4,99");
  await app.user.clear(suggestion);
  await app.user.type(suggestion, "7,00");
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  await waitFor(() => expect(created).toHaveLength(1));
  expect(created[0]?.body).toMatchObject({
    price: { amount: 500, currency: "EUR" },
    pricing: "pay_what_you_want",
    suggestedAmount: 700,
  });
});

test.each([
  ["Minimum price", "0.60", /Enter at least EUR 1.00, or 0 for free/],
  ["Suggested price", "7e2", /Enter a number/],
  ["Suggested price", "-7", /The amount can't be negative/],
  ["Suggested price", "7.001", /Use at most 2 decimals/],
  ["Suggested price", "1000000", /Enter at most EUR 999,999.99/],
])("R101: %s of %s is told at its field", async (label, text, message) => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.selectOptions(await screen.findByLabelText("Pricing"), "Pay what you want");
  await app.user.type(screen.getByLabelText("Name"), "Paper moon");
  if (label !== "Minimum price") await app.user.type(screen.getByLabelText("Minimum price"), "0");
  await app.user.type(screen.getByLabelText(label), text);
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(screen.getByLabelText(label)).toHaveAccessibleDescription(message);
});

test("faults are told at their fields, all at once, and nothing is sent or rounded", async () => {
  setStage();
  const created = mock(endpoints.products.create, { status: 201, body: ownProduct("Never") });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "abc");
  await app.user.type(screen.getByLabelText("Price"), "19.999");
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/Use at least 4 characters/);
  expect(screen.getByLabelText("Price")).toHaveAccessibleDescription(/Use at most 2 decimals/);
  expect(screen.getByLabelText("Price")).toHaveValue("19.999");
  expect(created).toHaveLength(0);
});

test("faults that the server finds in the price are told at the price", async () => {
  setStage();
  mock(endpoints.products.create, { refusal: "invalid_input", variant: "a price that is too high" });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "5");
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  await waitFor(() =>
    expect(screen.getByLabelText("Price")).toHaveAccessibleDescription(/Enter at most EUR 999,999.99/),
  );
});

test("the preview shows what the page will show", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  const preview = within(await screen.findByRole("region", { name: "Preview" }));
  await app.user.type(screen.getByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "0");
  await app.user.type(screen.getByLabelText("Description"), "For quiet rooms");
  expect(preview.getByRole("heading", { level: 3, name: "Paper moon" })).toBeVisible();
  expect(preview.getByText("Free")).toBeVisible();
  expect(preview.getByText("For quiet rooms")).toBeVisible();
  expect(preview.getByText("Ada").parentElement).toHaveTextContent(/^by Ada @?/);
});

test("submitted twice at once, it is sent once", async () => {
  setStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  const created = mock(endpoints.products.create, async () => {
    await promise;
    return { status: 201, body: ownProduct("Paper moon") };
  });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "5");
  await app.user.dblClick(screen.getByRole("button", { name: "Publish" }));
  await app.user.click(screen.getByRole("button", { name: "Save draft" }));
  resolve();
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(created).toHaveLength(1);
});

test("a form that is not saved warns before it is left, in the app and by the browser", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  const unload = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(unload);
  expect(unload.defaultPrevented).toBe(true);

  await app.user.click(screen.getByRole("link", { name: "Yumroad" }));
  await app.user.click(await screen.findByRole("button", { name: "Stay here" }));
  expect(app.address()).toBe("/products/new");
  expect(screen.getByLabelText("Name")).toHaveValue("Paper moon");

  await app.user.click(screen.getByRole("link", { name: "Yumroad" }));
  await app.user.click(await screen.findByRole("button", { name: "Leave" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Recent products" })).toBeVisible();
  expect(app.address()).toBe("/");
  await app.goTo("/products/new");
  expect(await screen.findByLabelText("Name")).toHaveValue("");
});

test("a reload keeps what was typed; one can start over", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  const reloaded = app.reload();
  expect(await screen.findByLabelText("Name")).toHaveValue("Paper moon");
  await reloaded.user.click(screen.getByRole("button", { name: "Start over" }));
  expect(screen.getByLabelText("Name")).toHaveValue("");
});

test("a button whose work takes its time keeps the focus, and says that it is busy", async () => {
  setStage();
  const answer = Promise.withResolvers<void>();
  mock(endpoints.products.create, async () => {
    await answer.promise;
    return { refusal: "internal_error" };
  });
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Paper moon");
  await app.user.type(screen.getByLabelText("Price"), "5");
  const publish = screen.getByRole("button", { name: "Publish" });
  await app.user.click(publish);
  await waitFor(() => expect(publish).toHaveAttribute("aria-busy", "true"));
  // Browsers remove the focus from a disabled element.
  expect(publish).toBeEnabled();
  expect(publish).toHaveFocus();
  answer.resolve();
  expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
});

test("the summary of faults lists only what is still marked, and goes with the last of it", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.click(await screen.findByRole("button", { name: "Publish" }));
  const summary = within(screen.getByRole("form", { name: "Add a product" })).getByRole("alert");
  expect(within(summary).getAllByRole("link").length).toBe(2);
  await app.user.type(screen.getByLabelText("Name"), "Paper moon");
  expect(within(summary).queryByText(/^The name/)).not.toBeInTheDocument();
  expect(summary).toBeVisible();
  await app.user.type(screen.getByLabelText("Price"), "5");
  expect(summary).not.toBeInTheDocument();
});
