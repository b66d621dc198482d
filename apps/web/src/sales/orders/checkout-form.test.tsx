import { act, screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, header, main, openApp } from "../../../test/render-app.tsx";
import { ada, bob, nobody, product, sessionOf, setStage, tokenOf } from "../../../test/stage.ts";

const PAGE = "/p/paper-moon/checkout";
const ORDER = "ABCDEFGH23";
const DEMO = `/demo-pay/${tokenOf("a payment")}`;

const checkout = { ...recorded(endpoints.checkout.get), slug: "paper-moon" };
const free = { ...recorded(endpoints.checkout.get, "success: it is free"), slug: "paper-moon" };

/** A product on sale, and the demo's payment page. */
function setCheckoutStage(session: Parameters<typeof setStage>[0] = nobody, shown = checkout) {
  setStage(session);
  const price = { ...shown.price };
  mock(endpoints.checkout.get, () => ({ status: 200, body: { ...shown, price } }));
  mock(endpoints.payments.getDemo, { status: 200, body: recorded(endpoints.payments.getDemo) });
  return { price };
}

function begins(payAt = `${window.location.origin}${DEMO}`) {
  return mock(endpoints.checkout.begin, { status: 201, body: { ref: ORDER, payAt } });
}

async function fillIn(app: App, email = "grace@example.com") {
  const field = await screen.findByLabelText("Email");
  await app.user.clear(field);
  await app.user.type(field, email);
  const consent = main().queryByRole("checkbox");
  if (consent && !(consent as HTMLInputElement).checked) await app.user.click(consent);
}

function payButton(words = "Pay €12.00") {
  return main().getByRole("button", { name: words });
}

test("what is bought, who sells it and what it costs stand beside the button", async () => {
  const seller = { name: "Ada Ltd", address: "1 Mill Lane\nLondon", contact: "ada@shop.example" };
  setCheckoutStage(nobody, { ...checkout, name: "Paper moon", seller });
  openApp(PAGE);
  expect(await screen.findByRole("button", { name: "Pay €12.00" })).toBeVisible();
  const summary = main().getByRole("region", { name: "Your order" });
  expect(summary).toHaveTextContent("Paper moon");
  expect(summary).toHaveTextContent("Sold byAda Ltd 1 Mill Lane London ada@shop.example");
  // The seller is named once, and so is the price besides the button.
  expect(summary).not.toHaveTextContent("by Ada L");
  expect(main().getAllByText(/€12.00/)).toHaveLength(2);
  expect(main().getByRole("checkbox", { name: checkout.consentText ?? "" })).not.toBeChecked();
  expect(document.title).toBe("Checkout · Yumroad");
});

test("R140: a merchant of record is named beside the seller", async () => {
  const sold = recorded(endpoints.checkout.get, "success: with a merchant of record");
  setCheckoutStage(nobody, { ...sold, slug: "paper-moon" });
  openApp(PAGE);
  expect(
    await screen.findByText(
      "Sold through Link by Stripe, the merchant of record: you pay Link by Stripe, which sends you the invoice.",
    ),
  ).toBeVisible();
});

test("nothing leads away from the button, except a log-in that comes back", async () => {
  setCheckoutStage();
  openApp(PAGE);
  await screen.findByRole("form", { name: "Checkout" });
  expect(main().getByRole("link", { name: "Log in" })).toHaveAttribute(
    "href",
    `/login?${new URLSearchParams({ next: PAGE })}`,
  );
  expect(
    header()
      .getAllByRole("link")
      .map(({ textContent }) => textContent),
  ).toEqual(["Yumroad"]);
});

test("a double click sends one request, and leads to the payment", async () => {
  setCheckoutStage();
  const begun = begins();
  const app = openApp(PAGE);
  await fillIn(app);
  await app.user.dblClick(payButton());
  await waitFor(() => expect(app.address()).toBe(DEMO));
  expect(begun).toHaveLength(1);
  expect(begun[0]?.body).toMatchObject({
    email: "grace@example.com",
    seenPrice: { amount: 1200, currency: "EUR" },
    hasConsented: true,
  });
});

test("a lost answer, a reload and the way back are the same attempt, with the email of before", async () => {
  setCheckoutStage();
  const lost = mock(endpoints.checkout.begin, "no answer");
  let app = openApp(PAGE);
  await fillIn(app);
  await app.user.click(payButton());
  await screen.findByText(/can’t be reached/);
  app = app.reload();
  expect(await screen.findByLabelText("Email")).toHaveValue("grace@example.com");
  const begun = begins();
  await fillIn(app);
  await app.user.click(payButton());
  await waitFor(() => expect(app.address()).toBe(DEMO));
  expect(lost).toHaveLength(1);
  expect(begun[0]?.body.attempt).toBe(lost[0]?.body.attempt);
});

test("without consent nothing is sent", async () => {
  setCheckoutStage();
  const begun = begins();
  const app = openApp(PAGE);
  await app.user.type(await screen.findByLabelText("Email"), "grace@example.com");
  await app.user.click(payButton());
  expect((await screen.findAllByText("Please agree to get access right away"))[0]).toBeVisible();
  expect(begun).toHaveLength(0);
});

test("a price that has changed is shown before anything is ordered", async () => {
  const stage = setCheckoutStage();
  const begun = mock(endpoints.checkout.begin, ({ body }) =>
    body.seenPrice.amount === 1500
      ? { status: 201, body: { ref: ORDER, payAt: `${window.location.origin}${DEMO}` } }
      : { refusal: "price_changed" },
  );
  const app = openApp(PAGE);
  await fillIn(app);
  stage.price.amount = 1500;
  await app.user.click(payButton());
  expect(await screen.findByText(/^The price has changed\./)).toBeVisible();
  await app.user.click(payButton("Pay €15.00"));
  await waitFor(() => expect(app.address()).toBe(DEMO));
  expect(begun.map(({ body }) => body.seenPrice.amount)).toEqual([1200, 1500]);
});

test("an attempt of another order is followed by a new one, which later clicks repeat", async () => {
  setCheckoutStage();
  const attempts: string[] = [];
  mock(endpoints.checkout.begin, ({ body }) => {
    attempts.push(body.attempt);
    return attempts.length === 1 ? { refusal: "attempt_reused" } : { refusal: "payments_unavailable" };
  });
  const app = openApp(PAGE);
  await fillIn(app);
  await app.user.click(payButton());
  expect(await screen.findByText(/Nothing was charged this time/)).toBeVisible();
  await app.user.click(payButton());
  await waitFor(() => expect(attempts).toHaveLength(3));
  expect(attempts[1]).not.toBe(attempts[0]);
  expect(attempts[2]).toBe(attempts[1]);
});

test("a free product needs no consent and no payment", async () => {
  setCheckoutStage(nobody, free);
  const begun = mock(endpoints.checkout.begin, { status: 201, body: { ref: ORDER, payAt: null } });
  mock(endpoints.orders.get, { status: 200, body: recorded(endpoints.orders.get, "success: it is free") });
  const app = openApp(PAGE);
  await fillIn(app);
  expect(main().queryByRole("checkbox")).not.toBeInTheDocument();
  await app.user.click(payButton("Get it for free"));
  await waitFor(() => expect(app.address()).toBe(`/orders/${ORDER}`));
  expect(begun[0]?.body.hasConsented).toBe(false);
  expect(await screen.findByRole("heading", { level: 1, name: "Thank you" })).toHaveFocus();
});

describe("a price that buyers name", () => {
  const named = { ...recorded(endpoints.checkout.get, "success: pay what you want"), slug: "paper-moon" };
  const anyPrice = {
    ...recorded(endpoints.checkout.get, "success: pay what you want, from nothing"),
    slug: "paper-moon",
  };
  const amountField = () => screen.findByLabelText("Your price in EUR");

  async function choose(app: App, text: string) {
    await app.user.clear(await amountField());
    await app.user.type(await amountField(), text);
  }

  test("R101: begins with the suggestion, is typed freely, and is what is paid", async () => {
    setCheckoutStage(nobody, named);
    const begun = begins();
    const app = openApp(PAGE);
    await fillIn(app);
    expect(await amountField()).toHaveValue("7.00");
    expect(await amountField()).toHaveAccessibleDescription("€5.00 or more");
    expect(payButton("Pay €7.00")).toBeVisible();
    await choose(app, "€ 12,50");
    await app.user.click(payButton("Pay €12.50"));
    await waitFor(() => expect(app.address()).toBe(DEMO));
    expect(begun[0]?.body).toMatchObject({
      amount: 1250,
      seenPrice: { amount: 500, currency: "EUR" },
      seenPricing: "pay_what_you_want",
      hasConsented: true,
    });
  });

  test.each([
    ["4.99", "Enter at least EUR 5.00"],
    [" ", "Enter an amount"],
    ["-7", "The amount can't be negative"],
    ["7e2", "Enter a number, e.g. 19.99"],
    ["٧", "Enter a number, e.g. 19.99"],
    ["7.001", "Use at most 2 decimals"],
    ["1000000", "Enter at most EUR 999,999.99"],
    ["7 USD", "The currency is EUR"],
  ])("R101: of %j is no price: %s", async (text, message) => {
    setCheckoutStage(nobody, named);
    const begun = begins();
    const app = openApp(PAGE);
    await fillIn(app);
    await choose(app, text);
    await app.user.click(payButton("Pay"));
    expect((await amountField()).getAttribute("aria-invalid")).toBe("true");
    expect(await amountField()).toHaveAccessibleDescription(expect.stringContaining(message));
    expect(begun).toHaveLength(0);
  });

  test("R101: of yen has no decimals", async () => {
    setCheckoutStage(nobody, recorded(endpoints.checkout.get, "success: pay what you want, in yen"));
    const app = openApp(PAGE);
    const field = await screen.findByLabelText("Your price in JPY");
    expect(field).toHaveValue("500");
    await app.user.type(field, ".5");
    await app.user.click(payButton("Pay"));
    expect(field).toHaveAccessibleDescription(/Use whole amounts/);
  });

  test("R101: can be nothing: no consent, no payment", async () => {
    setCheckoutStage(nobody, anyPrice);
    const begun = mock(endpoints.checkout.begin, { status: 201, body: { ref: ORDER, payAt: null } });
    mock(endpoints.orders.get, { status: 200, body: recorded(endpoints.orders.get, "success: it is free") });
    const app = openApp(PAGE);
    await choose(app, "5");
    await fillIn(app);
    await choose(app, "0");
    expect(main().queryByRole("checkbox")).not.toBeInTheDocument();
    await app.user.click(payButton("Get it for free"));
    await waitFor(() => expect(app.address()).toBe(`/orders/${ORDER}`));
    expect(begun[0]?.body).toMatchObject({ amount: 0, hasConsented: false });
  });

  test("R101: is nothing where the shop takes no payments, which says so", async () => {
    setCheckoutStage(nobody, recorded(endpoints.checkout.get, "success: pay what you want, without payments"));
    openApp(PAGE);
    expect(await screen.findByText("This shop can’t take payments yet, so you get it for free.")).toBeVisible();
    expect(screen.queryByLabelText("Your price in EUR")).not.toBeInTheDocument();
    expect(payButton("Get it for free")).toBeVisible();
  });

  test("R101: is kept for the way back from the payment", async () => {
    setCheckoutStage(nobody, named);
    begins();
    let app = openApp(PAGE);
    await fillIn(app);
    await choose(app, "9");
    await app.user.click(payButton("Pay €9.00"));
    await waitFor(() => expect(app.address()).toBe(DEMO));
    await app.goTo(PAGE);
    expect(await amountField()).toHaveValue("9.00");
    app = app.reload();
    expect(await amountField()).toHaveValue("9.00");
  });

  test("R101: is promised by the product's page, which leads to it", async () => {
    setCheckoutStage(nobody, named);
    const { price, pricing, suggestedAmount } = named;
    mock(endpoints.products.get, { status: 200, body: product("Paper moon", { price, pricing, suggestedAmount }) });
    const app = openApp("/p/paper-moon");
    await app.user.click(await screen.findByRole("link", { name: "Name your price" }));
    expect(await amountField()).toBeVisible();
  });
});

test("the user's email is filled in, and a likely slip is pointed out after a pause", async () => {
  setCheckoutStage(sessionOf(bob));
  const app = openApp(PAGE);
  const field = await screen.findByLabelText("Email");
  expect(field).toHaveValue(bob.email);
  await app.user.clear(field);
  await app.user.type(field, "bob@gmial.com");
  expect(main().queryByText(/^Did you mean/)).not.toBeInTheDocument();
  await app.user.click(await screen.findByRole("button", { name: "Did you mean bob@gmail.com?" }));
  expect(field).toHaveValue("bob@gmail.com");
  expect(main().queryByText(/^Did you mean/)).not.toBeInTheDocument();
});

test("the page leaves for the payment provider, and who comes back by the browser's cache can pay again", async () => {
  setCheckoutStage();
  // Stands in for another site, which a test can't go to.
  const begun = begins(`${window.location.origin}${PAGE}#provider`);
  const app = openApp(PAGE);
  await fillIn(app);
  await app.user.click(payButton());
  await waitFor(() => expect(window.location.hash).toBe("#provider"));
  expect(payButton()).toHaveAttribute("aria-disabled", "true");
  act(() => void window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true })));
  expect(await screen.findByRole("button", { name: "Pay €12.00" })).not.toHaveAttribute("aria-disabled");
  expect(main().getByLabelText("Email")).toHaveValue("grace@example.com");
  expect(begun).toHaveLength(1);
});

test("a shop without payments says so, and sells nothing", async () => {
  setCheckoutStage(nobody, recorded(endpoints.checkout.get, "success: no payments"));
  openApp(PAGE);
  expect(await screen.findByText("This shop can’t take payments yet.")).toBeVisible();
  expect(main().queryByRole("button")).not.toBeInTheDocument();
});

test("the owner reads that the product is theirs, here and on its page", async () => {
  setCheckoutStage(sessionOf(ada), { ...checkout, store: ada.store });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const app = openApp(PAGE);
  expect(await screen.findByText(/^This is your own product/)).toBeVisible();
  expect(main().queryByRole("button")).not.toBeInTheDocument();
  await app.user.click(main().getByRole("link", { name: "Back to the product" }));
  expect(await screen.findByRole("link", { name: "Edit" })).toHaveAttribute("href", "/dashboard/products/paper-moon");
  expect(main().queryByRole("link", { name: /^Buy/ })).not.toBeInTheDocument();
});

test("a product's page leads to its checkout", async () => {
  setCheckoutStage();
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const app = openApp("/p/paper-moon");
  await app.user.click(await screen.findByRole("link", { name: "Buy now" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Checkout" })).toHaveFocus();
  expect(app.address()).toBe(PAGE);
});

test("an order that is placed is forgotten by the tab: the next guest begins another one, with an empty email", async () => {
  setCheckoutStage(nobody, free);
  mock(endpoints.orders.get, { status: 200, body: { ...recorded(endpoints.orders.get), ref: ORDER } });
  const begun = mock(endpoints.checkout.begin, { status: 201, body: { ref: ORDER, payAt: null } });
  const app = openApp(PAGE);
  for (const email of ["grace@example.com", "bob@example.com"]) {
    await app.goTo(PAGE);
    expect(await screen.findByLabelText("Email")).toHaveValue("");
    await fillIn(app, email);
    await app.user.click(payButton("Get it for free"));
    expect(await screen.findByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
    expect(app.address()).toBe(`/orders/${ORDER}`);
  }
  expect(begun[0]?.body.attempt).not.toBe(begun[1]?.body.attempt);
});

test("an order that is paid elsewhere is forgotten by the tab as soon as its page says so", async () => {
  setCheckoutStage();
  const begun = begins();
  const app = openApp(PAGE);
  await fillIn(app);
  await app.user.click(payButton());
  await waitFor(() => expect(app.address()).toBe(DEMO));
  const paid = recorded(endpoints.orders.get);
  const items = paid.items.map((item) => ({ ...item, slug: "paper-moon" }));
  mock(endpoints.orders.get, { status: 200, body: { ...paid, ref: ORDER, items } });
  await app.goTo(`/orders/${ORDER}`);
  await screen.findByRole("heading", { level: 1, name: "Thank you" });
  await app.goTo(PAGE);
  expect(await screen.findByLabelText("Email")).toHaveValue("");
  await fillIn(app);
  await app.user.click(payButton());
  await waitFor(() => expect(begun).toHaveLength(2));
  expect(begun[0]?.body.attempt).not.toBe(begun[1]?.body.attempt);
});
