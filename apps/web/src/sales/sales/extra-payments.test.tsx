import { screen, within } from "@testing-library/react";
import { endpoints, type Sale } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";

const paidTwice = recorded(endpoints.sales.get, "success: paid twice");
const differing = recorded(endpoints.sales.get, "success: paid another amount");
const refunded = { ...recorded(endpoints.sales.refund, "success: the extra payment"), ref: paidTwice.ref };

async function openSale(sale: Sale) {
  setStage(sessionOf(ada));
  mock(endpoints.sales.get, { status: 200, body: sale });
  const app = openApp(`/sales/${sale.ref}`);
  const problem = within(await screen.findByRole("region", { name: "Payment problem" }));
  return { app, problem };
}

test.each([
  ["paid twice", paidTwice, /paid twice\. Nothing was delivered for the second payment of EUR 12\.00/],
  ["paid another amount", differing, /paid EUR 7\.00 instead of EUR 12\.00, so nothing was delivered/],
] as [string, Sale, RegExp][])("an order that was %s says what happened", async (_, sale, words) => {
  const { problem } = await openSale(sale);
  expect(problem.getByText(words)).toBeVisible();
});

test("the extra payment is refunded once that is confirmed, and then the problem is gone", async () => {
  const { app, problem } = await openSale(paidTwice);
  const refunds = mock(endpoints.sales.refund, { status: 201, body: refunded });
  await app.user.click(problem.getByRole("button", { name: "Refund the extra payment…" }));
  await app.user.click(await screen.findByRole("button", { name: "Refund EUR 12.00" }));
  expect(await screen.findByText("Refunded EUR 12.00")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Payment problem" })).not.toBeInTheDocument();
  expect(screen.getByRole("list", { name: "Refunds" })).toHaveTextContent("extra payment");
  const extraPayment = paidTwice.extraPayments[0]?.id;
  expect(refunds.map(({ body }) => body)).toMatchObject([{ amount: 1200, extraPayment, endsAccess: false }]);
});

test("a refund of an extra payment that failed says why", async () => {
  const { app, problem } = await openSale(paidTwice);
  mock(endpoints.sales.refund, { refusal: "payments_unavailable" });
  await app.user.click(problem.getByRole("button", { name: "Refund the extra payment…" }));
  await app.user.click(await screen.findByRole("button", { name: "Refund EUR 12.00" }));
  expect(await problem.findByRole("alert")).toHaveTextContent("Couldn’t refund the extra payment");
});
