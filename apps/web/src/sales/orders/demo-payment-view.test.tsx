import { screen, waitFor } from "@testing-library/react";
import { type DemoPaymentInput, endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { main, openApp } from "../../../test/render-app.tsx";
import { setStage, tokenOf } from "../../../test/stage.ts";

const PAGE = `/demo-pay/${tokenOf("a payment")}`;
const open = recorded(endpoints.payments.getDemo);
const RECORDINGS = { pay: "success", decline: "success: declined", pay_later: "success: later" } as const;

function setDemoStage() {
  setStage();
  mock(endpoints.payments.getDemo, { status: 200, body: open });
  mock(endpoints.orders.get, { status: 200, body: recorded(endpoints.orders.get) });
  return mock(endpoints.payments.actOnDemo, ({ body }) => ({
    status: 200,
    body: recorded(endpoints.payments.actOnDemo, RECORDINGS[body.outcome]),
  }));
}

test.each<[string, DemoPaymentInput["outcome"]]>([
  ["Pay €12.00", "pay"],
  ["Decline", "decline"],
  ["Pay later", "pay_later"],
])("“%s” goes back to the order", async (name, outcome) => {
  const acts = setDemoStage();
  const app = openApp(PAGE);
  await app.user.dblClick(await screen.findByRole("button", { name }));
  await waitFor(() => expect(app.address()).toBe(`/orders/${open.ref}`));
  expect(acts.map(({ body }) => body)).toEqual([{ outcome, isUntold: false }]);
});

test("the window can be closed after a payment that the shop is not told of", async () => {
  const acts = setDemoStage();
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("checkbox", { name: /^Don’t tell the shop/ }));
  await app.user.click(main().getByRole("button", { name: "Pay and close this window" }));
  await waitFor(() =>
    expect(main().getByRole("heading", { level: 1, name: "You can close this window." })).toHaveFocus(),
  );
  expect(app.address()).toBe(PAGE);
  expect(acts.map(({ body }) => body)).toEqual([{ outcome: "pay", isUntold: true }]);
});

test("a payment that there is not is not found", async () => {
  setStage();
  mock(endpoints.payments.getDemo, { refusal: "not_found" });
  openApp(PAGE);
  expect(await screen.findByText(/There’s no page at this address/)).toBeVisible();
});
