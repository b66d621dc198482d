import { screen, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";

const sale = recorded(endpoints.sales.get);
const stated = recorded(endpoints.withdrawals.listOfSale);
const [statement] = stated.items;

async function openWithdrawal() {
  setStage(sessionOf(ada));
  mock(endpoints.sales.get, { status: 200, body: sale });
  mock(endpoints.withdrawals.listOfSale, { status: 200, body: stated });
  const app = openApp(`/sales/${sale.ref}`);
  return { app, section: within(await screen.findByRole("region", { name: "Withdrawal" })) };
}

test("R140: a seller reads a statement and how the right stood, and notes that they decline", async () => {
  const settles = mock(endpoints.withdrawals.settle, {
    status: 200,
    body: recorded(endpoints.withdrawals.settle, "success: declined"),
  });
  const { app, section } = await openWithdrawal();
  expect(section.getByText("The pages are torn")).toBeVisible();
  expect(section.getByText(/^Their right had ended on .*: they had agreed to lose it/)).toBeVisible();
  await app.user.click(section.getByRole("button", { name: "Mark as declined" }));
  expect(await section.findByText("Declined")).toBeVisible();
  expect(settles.map(({ params, body }) => [params, body])).toEqual([
    [{ ref: sale.ref, withdrawal: statement?.ref }, { outcome: "declined" }],
  ]);
});

test("R140: a seller refunds all of it and ends the access, and the statement is handled", async () => {
  const refunds = mock(endpoints.sales.refund, {
    status: 201,
    body: recorded(endpoints.sales.refund, "success: all of it"),
  });
  mock(endpoints.withdrawals.settle, { status: 200, body: recorded(endpoints.withdrawals.settle) });
  const { app, section } = await openWithdrawal();
  await app.user.click(section.getByRole("button", { name: "Refund and end access" }));
  await app.user.click(await section.findByRole("button", { name: "Refund EUR 12.00" }));
  expect(await section.findByText("Handled")).toBeVisible();
  expect(refunds.map(({ body }) => body)).toMatchObject([{ amount: 1200, endsAccess: true }]);
});
