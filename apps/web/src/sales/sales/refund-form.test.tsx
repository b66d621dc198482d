import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type Money, RefundInput, readFault } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, openApp } from "../../../test/render-app.tsx";
import { ada, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";
import { validationWords } from "../../words/validation.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { checkRefund, parseRefund } from "./refund-check.ts";

const paid = recorded(endpoints.sales.get);
const partly = { ...recorded(endpoints.sales.refund), ref: paid.ref };

/** A sale whose refund form is open. */
async function openForm() {
  setStage(sessionOf(ada));
  const stage = { sale: paid };
  const loads = mock(endpoints.sales.get, () => ({ status: 200, body: stage.sale }));
  const app = openApp(`/sales/${paid.ref}`);
  await app.user.click(await screen.findByRole("button", { name: /^Refund…/ }));
  return Object.assign(stage, { app, loads, form: within(await screen.findByRole("form", { name: "Refund" })) });
}

async function enter(app: App, amount: string) {
  const field = screen.getByLabelText("Amount in EUR");
  await app.user.clear(field);
  await app.user.type(field, amount);
}

test("a refund starts with all that is left, says on its button what it does, and shows at once", async () => {
  const { app, form } = await openForm();
  const stage = { isFresh: false };
  const refunds = mock(endpoints.sales.refund, () =>
    stage.isFresh ? { status: 201, body: partly } : { refusal: "reauth_required" },
  );
  mock(endpoints.auth.reauthenticate, () => {
    stage.isFresh = true;
    return { status: 200, body: sessionOf(ada) };
  });
  expect(form.getByLabelText("Amount in EUR")).toHaveValue("12.00");
  expect(form.getByRole("button", { name: "Refund EUR 12.00" })).toBeVisible();
  await enter(app, "5");
  await app.user.type(form.getByLabelText("Reason (optional)"), "A torn page");
  await app.user.click(form.getByRole("button", { name: "Refund EUR 5.00" }));
  await app.user.type(await screen.findByLabelText("Password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByText("Refunded EUR 5.00")).toBeVisible();
  expect(screen.getByText("Partly refunded")).toBeVisible();
  expect(screen.getByRole("list", { name: "Refunds" })).toHaveTextContent("A torn page");
  expect(screen.queryByRole("form", { name: "Refund" })).not.toBeInTheDocument();
  const [first, second] = refunds.map(({ body }) => body);
  expect(first).toMatchObject({ amount: 500, endsAccess: false, reason: "A torn page" });
  // The same attempt after the password.
  expect(second).toEqual(first);
});

test("a refund whose answer got lost is sent again as the same attempt; another form is another one", async () => {
  const { app, form, loads } = await openForm();
  mock(endpoints.sales.refund, "no answer");
  await app.user.click(form.getByLabelText("End access"));
  await app.user.click(form.getByRole("button", { name: "Refund EUR 12.00" }));
  expect(await form.findByRole("alert")).toHaveTextContent("The server can’t be reached");
  // It may be stored all the same.
  await waitFor(() => expect(loads).toHaveLength(2));
  const again = mock(endpoints.sales.refund, { refusal: "refund_too_high" });
  await app.user.click(form.getByRole("button", { name: "Refund EUR 12.00" }));
  await waitFor(() => expect(form.getByRole("alert")).toHaveTextContent("That’s more than is left to refund"));
  await app.user.click(form.getByRole("button", { name: "Refund EUR 12.00" }));
  await waitFor(() => expect(again).toHaveLength(2));
  await app.user.click(form.getByRole("button", { name: "Cancel" }));
  await app.user.click(screen.getByRole("button", { name: /^Refund…/ }));
  await app.user.click(await screen.findByRole("button", { name: "Refund EUR 12.00" }));
  await waitFor(() => expect(again).toHaveLength(3));
  const [first, second, third] = again.map(({ body }) => body.attempt);
  expect(first).toBe(second);
  expect(third).not.toBe(second);
  expect(again[0]?.body.endsAccess).toBe(true);
});

test("a refund that waits for its provider closes the form, and says that it is not lost", async () => {
  const stage = await openForm();
  const { app, form } = stage;
  mock(endpoints.sales.refund, () => {
    stage.sale = { ...recorded(endpoints.sales.get, "success: being refunded"), ref: paid.ref };
    return { refusal: "payments_unavailable" };
  });
  await app.user.click(form.getByRole("button", { name: "Refund EUR 12.00" }));
  expect(await screen.findByText(/can’t be reached right now. Your refund is saved/)).toBeVisible();
  expect(screen.queryByRole("form", { name: "Refund" })).not.toBeInTheDocument();
});

test("a refund that was not stored, as its provider is not there any more, stays in the form", async () => {
  const { app, form } = await openForm();
  mock(endpoints.sales.refund, { refusal: "payments_unavailable" });
  await app.user.click(form.getByRole("button", { name: "Refund EUR 12.00" }));
  expect(await form.findByRole("alert")).toHaveTextContent("The payment provider can’t be reached right now");
  expect(screen.queryByText(/Your refund is saved/)).not.toBeInTheDocument();
});

test("too many tries say when the next one is possible, and keep what was entered", async () => {
  const { app, form } = await openForm();
  mock(endpoints.sales.refund, { refusal: "rate_limited", retryAfter: 120 });
  await enter(app, "5");
  await app.user.click(form.getByRole("button", { name: "Refund EUR 5.00" }));
  expect(await form.findByRole("alert")).toHaveTextContent("Too many attempts. Try again in 2 minutes.");
  expect(form.getByLabelText("Amount in EUR")).toHaveValue("5");
});

function inWords(message: string): string {
  const fault = readFault(message);
  return fault === null ? message : validationWords.textOf(fault, moneyFaults, message);
}

describe("the amount of a refund", () => {
  const left: Money = { amount: 1200, currency: "EUR" };

  test.each([
    ["12,00", left, 1200],
    // Less than a price can be.
    ["0.01", left, 1],
    ["500", { amount: 500, currency: "JPY" }, 500],
  ] as [string, Money, number][])("%s of %j", (text, left, amount) => {
    expect(parseRefund(text, left)).toEqual({ ok: true, input: { amount, currency: left.currency } });
  });

  test.each([
    ["", left, "Enter an amount"],
    ["0", left, "Enter an amount above 0"],
    ["-1", left, "The amount can't be negative"],
    ["12.01", left, "Enter at most EUR 12.00"],
    ["a lot", left, "Enter a number, e.g. 19.99"],
    ["5 USD", left, "The currency is EUR"],
    ["1.50", { amount: 50_000, currency: "HUF" }, "Use whole amounts"],
  ] as [string, Money, string][])("%j of %j: %s", (amount, left, message) => {
    const checked = checkRefund({ amount, endsAccess: false, reason: "" }, { left, attempt: ATTEMPT });
    expect(checked.ok ? [] : checked.issues.map(({ path }) => path)).toEqual([["amount"]]);
    expect(checked.ok ? [] : checked.issues.map(({ message: given }) => inWords(given))).toEqual([message]);
  });
});

const ATTEMPT = "00000000-0000-4000-8000-000000000000";

test("an attempt is a UUID as the contract wants it", async () => {
  const { randomUuid } = await import("../../platform/lib/random-uuid.ts");
  expect(RefundInput.shape.attempt.safeParse(randomUuid()).success).toBe(true);
});
