import { screen, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openApp } from "../../../test/render-app.tsx";
import { setStage } from "../../../test/stage.ts";

const LINK = { name: "Withdraw from contract here" };

test("R140: anybody withdraws in two steps, and reads when it arrived", async () => {
  setStage();
  const makes = mock(endpoints.withdrawals.make, { status: 202, body: recorded(endpoints.withdrawals.make) });
  const app = openApp("/");
  await app.user.click(await screen.findByRole("link", LINK));
  expect(await screen.findByRole("heading", { level: 1, name: "Withdraw from contract" })).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Continue" }));
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/Enter your name/);
  await app.user.type(screen.getByLabelText("Name"), "Grace Hopper");
  await app.user.type(screen.getByLabelText("Order number"), "0123456789");
  await app.user.type(screen.getByLabelText("Email"), "grace@example.com{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: "Check your withdrawal" })).toBeVisible();
  expect(makes).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Change" }));
  expect(await screen.findByLabelText("Name")).toHaveValue("Grace Hopper");
  await app.user.click(screen.getByRole("button", { name: "Continue" }));
  await app.user.click(await screen.findByRole("button", { name: "Confirm withdrawal" }));
  expect(await screen.findByText(/^We received it at .*, and sent you an email\.$/)).toBeVisible();
  const { ref } = recorded(endpoints.withdrawals.make);
  expect(screen.getByText(`Your reference: ${ref}`)).toBeVisible();
  expect(makes.map(({ body }) => body)).toEqual([
    { name: "Grace Hopper", contact: "grace@example.com", order: "0123456789", statement: "" },
  ]);
});

test("R140: too many statements say when the next one is possible, and lose nothing", async () => {
  setStage();
  mock(endpoints.withdrawals.make, { refusal: "rate_limited", retryAfter: 120 });
  const app = openApp("/withdraw?order=0123456789");
  expect(await screen.findByLabelText("Order number")).toHaveValue("0123456789");
  await app.user.type(screen.getByLabelText("Name"), "Grace Hopper");
  await app.user.type(screen.getByLabelText("Email"), "grace@example.com{Enter}");
  await app.user.click(await screen.findByRole("button", { name: "Confirm withdrawal" }));
  expect(await screen.findByText(/Try again in 2 minutes/)).toBeVisible();
  expect(screen.getByText("0123456789")).toBeVisible();
});

test("R140: under Managed Payments the page says that Stripe’s company is the seller, and takes other statements", async () => {
  const stage = setStage();
  stage.site = { ...stage.site, withdrawFrom: "stripe" };
  openApp("/withdraw");
  expect(await screen.findByText(/^Paid through Stripe\? Then Link by Stripe is your seller/)).toBeVisible();
  expect(screen.getByRole("form", { name: "Withdraw from contract" })).toBeVisible();
});

test("R140: outside of the EU’s consumer law there is neither the page nor the link", async () => {
  const stage = setStage();
  stage.site = { ...stage.site, withdrawFrom: null };
  openApp("/withdraw");
  expect(await screen.findByRole("heading", { level: 1, name: /not found/i })).toBeVisible();
  const footer = within(await screen.findByRole("contentinfo"));
  expect(await footer.findByRole("link", { name: "Find your purchases" })).toBeVisible();
  expect(footer.queryByRole("link", LINK)).not.toBeInTheDocument();
});
