import { screen, within } from "@testing-library/react";
import { endpoints, type PaymentHealth } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { header, openApp } from "../../../test/render-app.tsx";
import { ada, adaAsOperator, sessionOf, setStage } from "../../../test/stage.ts";

const PAGE = "/operator/payments";

const fine: PaymentHealth = {
  counts: { notDelivered: 0, overdue: 0, notFound: 0, inTrouble: 0 },
  orders: [],
  lastWeek: { paid: 12, heard: 11 },
};
const stuck: PaymentHealth = {
  counts: { notDelivered: 1, overdue: 2, notFound: 1, inTrouble: 1 },
  orders: [
    {
      ref: "MYH917J246",
      reason: "not_delivered",
      store: { handle: "ada-lovelace", name: "Ada Lovelace" },
      buyer: "b•••@e•••.com",
      createdAt: "2026-01-02T03:04:05.000Z",
    },
    {
      ref: "7PTR3E6JBB",
      reason: "paid_twice",
      store: { handle: "ada-lovelace", name: "Ada Lovelace" },
      buyer: "c•••@e•••.com",
      createdAt: "2026-01-01T03:04:05.000Z",
    },
    {
      ref: "0DZ2P0R9K4",
      reason: "not_found",
      store: { handle: "ada-lovelace", name: "Ada Lovelace" },
      buyer: "d•••@e•••.com",
      createdAt: "2026-01-01T02:04:05.000Z",
    },
  ],
  lastWeek: { paid: 12, heard: 0 },
};

function setPaymentStage(health: PaymentHealth) {
  setStage(sessionOf(adaAsOperator));
  mock(endpoints.operator.getPayments, { status: 200, body: health });
  return openApp(PAGE);
}

const countOf = async (term: string) => (await screen.findByText(term)).parentElement;

test("R102: a shop without a problem says so in numbers", async () => {
  setPaymentStage(fine);
  expect(await countOf("Paid but not delivered")).toHaveTextContent("Paid but not delivered0");
  expect(await countOf("Of these, reported by a webhook")).toHaveTextContent("11");
  expect(screen.queryByText(/no webhook told us/)).not.toBeInTheDocument();
  expect(screen.queryByText("Unknown to Stripe")).not.toBeInTheDocument();
  expect(screen.queryByRole("list", { name: "Orders that need attention" })).not.toBeInTheDocument();
  expect(document.title).toBe("Payments · Yumroad");
});

test("R102: orders that need somebody are listed with the reason, and webhooks that never come are hinted at", async () => {
  setPaymentStage(stuck);
  const list = within(await screen.findByRole("list", { name: "Orders that need attention" }));
  const [first, second, third] = list.getAllByRole("listitem");
  expect(first).toHaveTextContent(/MYH917J246.*Paid but not delivered.*Ada Lovelace · b•••@e•••\.com · Jan 2, /);
  expect(second).toHaveTextContent(/7PTR3E6JBB.*Paid twice/);
  expect(third).toHaveTextContent(/0DZ2P0R9K4.*Unknown to Stripe/);
  expect(screen.getByText(/^We found 12 paid orders by checking, and no webhook told us\./)).toBeVisible();
});

test("R140: withdrawals without an order are listed with all that their senders have said", async () => {
  setPaymentStage(fine);
  const { items } = recorded(endpoints.operator.listWithdrawals);
  mock(endpoints.operator.listWithdrawals, { status: 200, body: { items, nextCursor: null } });
  const list = within(await screen.findByRole("list", { name: "Withdrawals without an order" }));
  const [statement] = items;
  expect(list.getByRole("listitem")).toHaveTextContent(
    new RegExp(
      `Grace Hopper, ${statement?.contact}.*Order: 0123456789 · .* · Reference ${statement?.ref}.*The pages are torn`,
    ),
  );
});

test("R102: a check shows what it has mended", async () => {
  const app = setPaymentStage(stuck);
  const checks = mock(endpoints.operator.checkPayments, {
    status: 200,
    body: { checked: 3, delivered: 1, payments: { ...fine, lastWeek: { paid: 13, heard: 0 } } },
  });
  await app.user.click(await screen.findByRole("button", { name: "Check now" }));
  expect(await screen.findByText("3 orders checked, 1 delivered")).toBeVisible();
  expect(await countOf("Paid but not delivered")).toHaveTextContent("Paid but not delivered0");
  expect(checks).toHaveLength(1);
});

test("a check says if no order waits for a payment", async () => {
  const app = setPaymentStage(fine);
  const payments = { ...fine, lastWeek: { paid: 0, heard: 0 } };
  mock(endpoints.operator.checkPayments, { status: 200, body: { checked: 0, delivered: 0, payments } });
  await app.user.click(await screen.findByRole("button", { name: "Check now" }));
  expect(await screen.findByText("No orders are waiting for payment")).toBeVisible();
});

test("a check that can't reach the provider says so", async () => {
  const app = setPaymentStage(fine);
  mock(endpoints.operator.checkPayments, { refusal: "payments_unavailable" });
  await app.user.click(await screen.findByRole("button", { name: "Check now" }));
  expect(
    await screen.findByText(/^Couldn’t check all orders\. The payment provider can’t be reached right now\./),
  ).toBeVisible();
});

test("operators find the page in their menu", async () => {
  const app = setPaymentStage(fine);
  await countOf("Checks overdue");
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Payments" })).toHaveAttribute("href", PAGE);
});

test("for others there is no such page", async () => {
  setStage(sessionOf(ada));
  const asked = mock(endpoints.operator.getPayments, { refusal: "not_an_operator" });
  openApp(PAGE);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(asked).toEqual([]);
});
