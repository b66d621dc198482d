import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, orderEventKinds, type Sale } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, main, openApp } from "../../../test/render-app.tsx";
import { ada, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";
import { eventWords } from "./sale-words.ts";

const paid = recorded(endpoints.sales.get);
const unpaid = recorded(endpoints.sales.get, "success: not paid");
const refunded = recorded(endpoints.sales.get, "success: refunded");
const byHand = recorded(endpoints.sales.get, "success: paid by hand");

function openSale(sale: Sale) {
  setStage(sessionOf(ada));
  const loads = mock(endpoints.sales.get, { status: 200, body: sale });
  return { app: openApp(`/sales/${sale.ref}`), loads };
}

async function section(name: string) {
  return within(await screen.findByRole("region", { name }));
}

async function press(app: App, name: string) {
  await app.user.click(await screen.findByRole("button", { name }));
}

/** Makes the server ask for the password first, which then is right. */
function askWhoItIs() {
  const stage = { isFresh: false };
  mock(endpoints.auth.reauthenticate, () => {
    stage.isFresh = true;
    return { status: 200, body: sessionOf(ada) };
  });
  return stage;
}

async function confirmWhoItIs(app: App) {
  const field = await screen.findByLabelText("Password");
  await app.user.type(field, `${PASSWORD}{Enter}`);
}

test("a refund that failed is told, and can be made again", async () => {
  openSale(recorded(endpoints.sales.get, "success: a refund has failed"));
  const refunds = await section("Refunds");
  expect(refunds.getByText("The money didn’t reach the buyer.")).toBeVisible();
  expect(refunds.getByRole("button", { name: /^Refund…/ })).toBeVisible();
});

test("a sale has its total, buyer, state, receipt number, refunds, and history in words", async () => {
  openSale(refunded);
  expect(await screen.findByRole("heading", { level: 1, name: `Order ${refunded.ref}` })).toBeVisible();
  const order = await section("Order");
  expect(order.getByText("Total").nextSibling).toHaveTextContent("€12.00");
  expect(order.getByText("Email").nextSibling).toHaveTextContent(refunded.email);
  expect(order.getByText("Receipt number").nextSibling).toHaveTextContent("1");
  expect(order.getByText("Payment").nextSibling).toHaveTextContent("Demo, no money moved");
  const refunds = await section("Refunds");
  expect(refunds.getByText("A torn page")).toBeVisible();
  expect(refunds.queryByRole("button")).not.toBeInTheDocument();
  const events = (await section("History")).getAllByRole("listitem").map(({ firstChild }) => firstChild?.textContent);
  expect(events).toEqual(["Order placed", "Payment started", "Paid", "Refund requested", "Refunded", "Access ended"]);
  expect(document.title).toBe(`Order ${refunded.ref} · Yumroad`);
});

test("every kind of event has words of its own", () => {
  const words = orderEventKinds.map(eventWords);
  expect(new Set(words).size).toBe(orderEventKinds.length);
  for (const text of words) expect(text).not.toMatch(/_|Other/);
  expect(eventWords("of_another_version")).toBe("Other event");
});

test("the buttons are those that the order allows", async () => {
  openSale(paid);
  await section("Order");
  const names = main()
    .getAllByRole("button")
    .map(({ textContent }) => textContent);
  expect(names).toEqual(["Resend receipt", "End access", "Refund…"]);
});

test("an unpaid order is checked, and shows at once that it is paid", async () => {
  const { app } = openSale(unpaid);
  expect(await screen.findByText("Waiting for payment")).toBeVisible();
  mock(endpoints.sales.check, { status: 200, body: { ...recorded(endpoints.sales.check), ref: unpaid.ref } });
  await press(app, "Check payment");
  expect(await screen.findByText("The payment has arrived")).toBeVisible();
  expect(screen.queryByText("Waiting for payment")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Check payment" })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Resend receipt" })).toBeVisible();
});

test("a payment that can't be checked says why", async () => {
  const { app } = openSale(unpaid);
  mock(endpoints.sales.check, { refusal: "payments_unavailable" });
  await press(app, "Check payment");
  const alert = (await section("Order")).findByRole("alert");
  expect(await alert).toHaveTextContent("Couldn’t check the payment. The payment provider can’t be reached");
});

test("an order that is paid outside of the shop is marked as paid, once that and the seller are confirmed", async () => {
  const { app } = openSale(byHand);
  const stage = askWhoItIs();
  const marks = mock(endpoints.sales.markAsPaid, () =>
    stage.isFresh
      ? { status: 200, body: { ...recorded(endpoints.sales.markAsPaid), ref: byHand.ref } }
      : { refusal: "reauth_required" },
  );
  await press(app, "Mark as paid…");
  await press(app, "Cancel");
  expect(marks).toHaveLength(0);
  expect(screen.queryByRole("button", { name: "Check payment" })).not.toBeInTheDocument();
  await press(app, "Mark as paid…");
  await press(app, "Mark as paid");
  await confirmWhoItIs(app);
  expect(await screen.findByText("The order is marked as paid")).toBeVisible();
  expect((await section("History")).getByText("Marked as paid")).toBeVisible();
  expect(marks).toHaveLength(2);
});

test("the receipt is sent again, and too many tries say when the next one is possible", async () => {
  const { app, loads } = openSale(paid);
  const sends = mock(endpoints.sales.resend, { status: 202, body: null });
  await press(app, "Resend receipt");
  expect(await screen.findByText(`The receipt is on its way to ${paid.email}`)).toBeVisible();
  // For the history.
  await waitFor(() => expect(loads).toHaveLength(2));
  mock(endpoints.sales.resend, { refusal: "rate_limited", retryAfter: 120 });
  await press(app, "Resend receipt");
  const alert = (await section("Order")).findByRole("alert");
  expect(await alert).toHaveTextContent("Couldn’t send the receipt. Too many attempts. Try again in 2 minutes.");
  expect(sends).toHaveLength(1);
});

test("access is ended, and can be given back", async () => {
  const { app } = openSale(paid);
  const changes = mock(endpoints.sales.changeAccess, {
    status: 200,
    body: { ...recorded(endpoints.sales.changeAccess), ref: paid.ref },
  });
  await press(app, "End access");
  expect(await screen.findByRole("button", { name: "Restore access" })).toBeVisible();
  expect(screen.getByText("The buyer can’t open what they bought.")).toBeVisible();
  expect(changes.map(({ body }) => body)).toEqual([{ hasAccess: false }]);
});

test.each([`/sales/${paid.ref}`, "/sales/of-nobody"])(
  "%s of somebody else, or of nobody, is not found",
  async (page) => {
    setStage(sessionOf(ada));
    mock(endpoints.sales.get, { refusal: "not_found" });
    openApp(page);
    expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  },
);
