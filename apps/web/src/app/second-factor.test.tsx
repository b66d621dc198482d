import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  type App,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  main,
  openApp,
} from "../../test/render-app.tsx";
import { ada, bob, CODE, ended, nobody, PASSWORD, pending, sessionOf, setStage } from "../../test/stage.ts";

const TRIED = "/products/new?from=mail#price";
const LOG_IN = `/login?${new URLSearchParams({ next: TRIED })}`;

/** A server that requires a second factor after the password. */
function setStageInTwoSteps() {
  const stage = setStage();
  stage.owesFactor = true;
  return stage;
}

async function secondStep() {
  return screen.findByRole("heading", { level: 1, name: "Two-factor authentication" });
}

async function giveCode(app: App, code: string, label = "6-digit code") {
  const field = await screen.findByLabelText(label);
  await app.user.clear(field);
  await app.user.type(field, code);
  await app.user.click(screen.getByRole("button", { name: "Verify" }));
}

test("R24, R70: after the password comes the code, then the page first tried; Back leads to neither step", async () => {
  const stage = setStageInTwoSteps();
  const app = openApp("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  await app.goTo(TRIED);
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await secondStep()).toBeVisible();
  const before = app.visited.length;
  expect(screen.getByText("Then we’ll take you back to “Add a product”")).toBeVisible();
  expect(app.address()).toBe(LOG_IN);
  await giveCode(app, CODE);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  await expectLoggedIn(ada);
  expect(app.visited.slice(before)).toEqual([TRIED]);
  expect(stage.codes.map(({ body }) => body)).toEqual([{ code: CODE }]);
  await app.goBack();
  expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
});

test("R70: the code has a field that phones and password managers know, and the focus is in it", async () => {
  setStageInTwoSteps();
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  const code = await screen.findByLabelText("6-digit code");
  expect(code).toHaveFocus();
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  expect(code).toHaveAttribute("inputmode", "numeric");
  expect(code).toHaveAccessibleDescription("From your authenticator app");
  expect(document.title).toBe("Two-factor authentication · Yumroad");
});

test("R24: the step and the way back survive wrong codes and a reload", async () => {
  setStageInTwoSteps();
  let app = openApp(TRIED);
  await fillInLogIn(app, ada.email, PASSWORD);
  await giveCode(app, "000000");
  await waitFor(() =>
    expect(screen.getByLabelText("6-digit code")).toHaveAccessibleDescription(/That code is incorrect/),
  );
  expect(screen.getByText("That code is incorrect", { selector: "[role=alert] p" }).parentElement).toHaveFocus();
  app = app.reload();
  await secondStep();
  expect(app.address()).toBe(LOG_IN);
  await giveCode(app, CODE);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  expect(app.address()).toBe(TRIED);
});

test("R33: a page kept for A is opened for A, code or not, and not for B", async () => {
  const stage = setStageInTwoSteps();
  stage.session = sessionOf(ada);
  let app = openApp("/dashboard/products");
  await screen.findByRole("heading", { level: 1, name: "Your products" });
  stage.session = ended;
  window.dispatchEvent(new Event("focus"));
  await fillInLogIn(app, bob.email, PASSWORD);
  await secondStep();
  app = app.reload();
  await giveCode(app, CODE);
  await expectLoggedIn(bob);
  await waitFor(() => expect(app.address()).toBe("/"));
});

test("R70: a recovery code will do, and one can go back to the app's", async () => {
  const stage = setStageInTwoSteps();
  mock(endpoints.twoFactor.completeLogin, ({ body }) =>
    body.code === "k7mq-2xwd-9fhr" ? { status: 200, body: sessionOf(ada) } : { refusal: "invalid_code" },
  );
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  await app.user.type(await screen.findByLabelText("6-digit code"), "12");
  await app.user.click(screen.getByRole("button", { name: "Use a recovery code" }));
  const recovery = screen.getByLabelText("Recovery code");
  expect(recovery).toHaveFocus();
  expect(recovery).toHaveValue("");
  expect(recovery).toHaveAttribute("inputmode", "text");
  await app.user.click(screen.getByRole("button", { name: "Use your authenticator app" }));
  expect(screen.getByLabelText("6-digit code")).toHaveFocus();
  await app.user.click(screen.getByRole("button", { name: "Use a recovery code" }));
  await giveCode(app, " k7mq-2xwd-9fhr ", "Recovery code");
  await expectLoggedIn(ada);
  expect(stage.codes).toHaveLength(0);
});

test("what can’t be a code is said so at its field, and nothing is sent", async () => {
  const stage = setStage(pending);
  const app = openApp("/login");
  await giveCode(app, "12");
  expect(screen.getByLabelText("6-digit code")).toHaveAccessibleDescription(/Enter the 6-digit code/);
  await app.user.clear(screen.getByLabelText("6-digit code"));
  await app.user.click(screen.getByRole("button", { name: "Verify" }));
  expect(screen.getByLabelText("6-digit code")).toHaveAccessibleDescription(/Enter the code/);
  expect(stage.codes).toHaveLength(0);
});

test.each([
  { reply: { refusal: "rate_limited", retryAfter: 300 } as const, words: "Too many attempts. Try again in 5 minutes." },
  { reply: "no answer" as const, words: /The server can’t be reached/ },
])("$reply says what to do, and keeps the step", async ({ reply, words }) => {
  setStage(pending);
  mock(endpoints.twoFactor.completeLogin, reply);
  const app = openApp("/login");
  await giveCode(app, CODE);
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByLabelText("6-digit code")).toHaveValue(CODE);
});

test("R24, R71: a log-in that waited too long for its code begins anew, on the same way back", async () => {
  const stage = setStageInTwoSteps();
  const app = openApp(TRIED);
  await fillInLogIn(app, ada.email, PASSWORD);
  await secondStep();
  mock(endpoints.twoFactor.completeLogin, { refusal: "unauthenticated" });
  stage.session = ended;
  await giveCode(app, CODE);
  expect(await screen.findByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  expect(screen.getByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  expect(app.address()).toBe(LOG_IN);
});

test("R71: between password and code nobody is logged in: guards send to the second step, the header offers log-in", async () => {
  setStage(pending);
  const own = mock(endpoints.products.listOwn, { status: 200, body: { items: [], nextCursor: null } });
  const app = openApp("/");
  await expectLoggedOut();
  await app.goTo("/dashboard/products");
  await secondStep();
  expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts");
  expect(header().getByRole("link", { name: "Log in" })).toBeVisible();
  expect(own).toHaveLength(0);
});

test("R71: whoever was logged in in this browser is not any more once somebody is half way there", async () => {
  const stage = setStage(sessionOf(ada));
  const app = openApp("/dashboard/products");
  await expectLoggedIn(ada);
  stage.session = pending;
  window.dispatchEvent(new Event("focus"));
  await expectLoggedOut();
  expect(app.address()).toBe("/");
});

test("R24: one can log in as somebody else instead, on the same way back", async () => {
  const stage = setStageInTwoSteps();
  const app = openApp(TRIED);
  await fillInLogIn(app, ada.email, PASSWORD);
  await app.user.click(await main().findByRole("button", { name: "Use a different account" }));
  const heading = await screen.findByRole("heading", { level: 1, name: "Log in" });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(stage.logouts).toHaveLength(1);
  expect(app.address()).toBe(LOG_IN);
  stage.owesFactor = false;
  await fillInLogIn(app, bob.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  await expectLoggedIn(bob);
});

test.each([
  { reply: "no answer" as const, isHere: true },
  { reply: { refusal: "session_store_unavailable", retryAfter: 1 } as const, isHere: false },
])("log-in as somebody else, with $reply: still at the second step: $isHere", async ({ reply, isHere }) => {
  setStage(pending);
  mock(endpoints.auth.logout, reply);
  const app = openApp("/login");
  await app.user.click(await screen.findByRole("button", { name: "Use a different account" }));
  if (isHere) expect(await screen.findByText(/^Something went wrong/)).toBeVisible();
  // The cookie is gone in any case.
  else expect(await screen.findByLabelText("Password")).toBeVisible();
});

test("what was found out in another tab is followed: the code was given there, or the log-in given up", async () => {
  const stage = setStage(pending);
  openApp("/login?next=%2Fproducts");
  await secondStep();
  stage.session = nobody;
  window.dispatchEvent(new Event("focus"));
  expect(await screen.findByLabelText("Password")).toBeVisible();
  stage.session = sessionOf(ada);
  window.dispatchEvent(new Event("focus"));
  expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
  await expectLoggedIn(ada);
});
