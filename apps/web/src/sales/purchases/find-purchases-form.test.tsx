import { screen } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, openApp } from "../../../test/render-app.tsx";
import { setStage, tokenOf } from "../../../test/stage.ts";

const PAGE = "/find-purchases";
const KEY = tokenOf("purchases");

async function ask(app: App, email: string) {
  await app.user.type(await screen.findByLabelText("Email"), `${email}{Enter}`);
}

test("the answer to an email is the same, whether it has bought something or not", async () => {
  setStage();
  const finds = mock(endpoints.purchases.find, { status: 202, body: null });
  const app = openApp("/");
  await app.user.click(await screen.findByRole("link", { name: "Find your purchases" }));
  await ask(app, "grace@example.com");
  expect(await screen.findByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();
  expect(screen.getByText("If you’ve bought anything with this email, we’ve sent you a link to it.")).toBeVisible();
  expect(finds.map(({ body }) => body)).toEqual([{ email: "grace@example.com" }]);
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByLabelText("Email")).toHaveValue("grace@example.com");
});

test("too many tries say when the next one is possible", async () => {
  setStage();
  mock(endpoints.purchases.find, { refusal: "rate_limited", retryAfter: 120 });
  const app = openApp(PAGE);
  await ask(app, "grace@example.com");
  expect(await screen.findByText("Too many attempts. Try again in 2 minutes.")).toBeVisible();
});

test("a shop without email has no form", async () => {
  const stage = setStage();
  stage.site = { ...stage.site, canSendMail: false };
  openApp(PAGE);
  expect(await screen.findByText(/^This shop can’t send emails/)).toBeVisible();
  expect(screen.queryByLabelText("Email")).not.toBeInTheDocument();
});

test("R61: the key leaves the address at once, is used by a button, and opens the purchases", async () => {
  setStage();
  const opens = mock(endpoints.purchases.open, { status: 200, body: recorded(endpoints.purchases.open) });
  const app = openApp(`${PAGE}#key=${KEY}`);
  const button = await screen.findByRole("button", { name: "Open your purchases" });
  expect(app.address()).toBe(PAGE);
  expect(opens).toHaveLength(0);
  await app.user.click(button);
  const [ref] = recorded(endpoints.purchases.open).refs;
  expect(await screen.findByRole("link", { name: `Order ${ref}` })).toHaveAttribute("href", `/orders/${ref}`);
  expect(opens.map(({ body }) => body)).toEqual([{ token: KEY }]);
});

test("a link that is no longer good says so, and offers the form again", async () => {
  setStage();
  mock(endpoints.purchases.open, { refusal: "link_invalid" });
  mock(endpoints.purchases.find, { status: 202, body: null });
  const app = openApp(`${PAGE}#key=${KEY}`);
  await app.user.click(await screen.findByRole("button", { name: "Open your purchases" }));
  expect(await screen.findByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
  await ask(app, "grace@example.com");
  expect(await screen.findByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();
});
