import { screen } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { expectLoggedOut, header, main, openApp, openLoggedIn } from "../../test/render-app.tsx";
import { setStage, shopOf } from "../../test/stage.ts";

function closedStage() {
  const stage = setStage();
  stage.site = { ...stage.site, signupMode: "closed" };
  return stage;
}

test("a shop that takes no new accounts shows no form, says so, and leads to the log-in with the way back", async () => {
  closedStage();
  openApp("/signup?next=%2Fproducts%2Fnew");
  expect(await screen.findByText("This shop isn’t taking new accounts.")).toBeVisible();
  expect(screen.queryByRole("form")).not.toBeInTheDocument();
  expect(main().getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login?next=%2Fproducts%2Fnew");
});

test("it offers sign-up nowhere: not in the header, not on the home page, not at the log-in", async () => {
  closedStage();
  const app = openApp("/");
  await expectLoggedOut();
  expect(header().queryByRole("link", { name: "Sign up" })).not.toBeInTheDocument();
  const start = await main().findByRole("link", { name: "Start selling" });
  expect(start).toHaveAttribute("href", "/login?next=%2Fproducts%2Fnew");
  await app.goTo("/login");
  expect(await screen.findByRole("form", { name: "Log in" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Sign up" })).not.toBeInTheDocument();
});

test("who has an account still logs in", async () => {
  closedStage();
  await openLoggedIn("/");
});

test("a shop that does not say leaves the decision to the server", async () => {
  setStage();
  mock(endpoints.shop.get, { refusal: "database_unavailable" });
  openApp("/signup");
  expect(await screen.findByRole("form", { name: "Sign up" }, { timeout: 4000 })).toBeVisible();
  expect(header().getByRole("link", { name: "Sign up" })).toBeVisible();
});

test("the form says so when the shop was closed in the meantime", async () => {
  setStage();
  mock(endpoints.auth.signup, { refusal: "signup_closed" });
  const app = openApp("/signup");
  await app.user.type(await screen.findByLabelText("Name"), "Ada");
  await app.user.type(screen.getByLabelText("Email"), "ada@example.com");
  await app.user.type(screen.getByLabelText("Password"), "nine purple walruses");
  await app.user.click(screen.getByRole("button", { name: "Sign up" }));
  expect(await screen.findByText(/This shop isn’t taking new accounts/)).toBeVisible();
});

test("what the shop says of itself stays on the screen when somebody else is here", async () => {
  const stage = closedStage();
  const app = await openLoggedIn("/");
  stage.site = shopOf({ hasMailTray: true });
  await app.user.click(header().getByRole("button", { name: "Account menu" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Log out" }));
  await expectLoggedOut();
  // Refetched, because the last action may have opened or closed the shop.
  expect(await screen.findByRole("link", { name: "Demo inbox" })).toBeVisible();
});
