import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { type App, expectLoggedIn, openApp } from "../../../test/render-app.tsx";
import { idOf, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";

const grace = {
  id: idOf("Grace"),
  name: "Grace",
  email: "grace@example.com",
  store: null,
  isOperator: false,
};

async function fillIn(app: App, { name = grace.name, email = grace.email, password = PASSWORD } = {}) {
  await app.user.type(await screen.findByLabelText("Name"), name);
  await app.user.type(screen.getByLabelText("Email"), email);
  await app.user.type(screen.getByLabelText("Password"), password);
  await app.user.click(screen.getByRole("button", { name: "Sign up" }));
}

test("S18, S23: the sign-up page shows its fields", async () => {
  setStage();
  openApp("/signup");
  expect(await screen.findByRole("heading", { level: 1, name: "Create your account" })).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveAttribute("autocomplete", "name");
  expect(screen.getByLabelText("Email")).toHaveAttribute("autocomplete", "email");
  expect(screen.getByLabelText("Password")).toHaveAttribute("autocomplete", "new-password");
});

test("S23: sign-up works, logs in, and lands on the home page", async () => {
  setStage();
  const asked = mock(endpoints.auth.signup, { status: 201, body: sessionOf(grace) });
  const app = openApp("/signup");
  await fillIn(app);
  await expectLoggedIn(grace);
  await waitFor(() => expect(app.address()).toBe("/"));
  expect(asked.map(({ body }) => body)).toEqual([
    { name: grace.name, email: grace.email, password: PASSWORD, remember: false },
  ]);
});

test("S23: an address that is taken is said so at its field, and what was typed stays", async () => {
  setStage();
  mock(endpoints.auth.signup, { refusal: "email_taken" });
  const app = openApp("/signup?next=%2Flibrary");
  await app.user.type(await screen.findByLabelText("Email"), "grace");
  expect(screen.queryByRole("link", { name: "Log in with this email" })).not.toBeInTheDocument();
  await app.user.clear(screen.getByLabelText("Email"));
  await fillIn(app);
  await waitFor(() =>
    expect(screen.getByLabelText("Email")).toHaveAccessibleDescription("That email already has an account"),
  );
  expect(screen.getByLabelText("Name")).toHaveValue(grace.name);
  expect(screen.getByLabelText("Password")).toHaveValue(PASSWORD);
  await app.user.click(screen.getByRole("link", { name: "Log in with this email" }));
  await screen.findByRole("heading", { level: 1, name: "Log in" });
  expect(screen.getByLabelText("Email")).toHaveValue(grace.email);
  expect(app.address()).toBe("/login?next=%2Flibrary");
});

test("S19–S21, S23: bad address, empty name and short password are all told at once, by the contract's rules", async () => {
  const stage = setStage();
  const app = openApp("/signup");
  await app.user.type(await screen.findByLabelText("Email"), "grace@");
  await app.user.type(screen.getByLabelText("Password"), "1111");
  await app.user.click(screen.getByRole("button", { name: "Sign up" }));
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/^Enter your name/);
  expect(screen.getByLabelText("Email")).toHaveAccessibleDescription("Enter a valid email address");
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/Use at least 8 characters/);
  expect(screen.getByRole("link", { name: "Enter your name" })).toBeVisible();
  expect(stage.signups).toHaveLength(0);
});

test("R45: a password that the server refuses as too common is said so at its field", async () => {
  setStage();
  mock(endpoints.auth.signup, { refusal: "invalid_input", variant: "a common password" });
  const app = openApp("/signup");
  await fillIn(app, { password: "password123" });
  await waitFor(() =>
    expect(screen.getByLabelText("Password")).toHaveAccessibleDescription(/This password is too common/),
  );
});

test("R45: a meter says in words how good a new password is", async () => {
  setStage();
  const app = openApp("/signup");
  await app.user.type(await screen.findByLabelText("Password"), "aaaaaaaa");
  expect(await screen.findByText("Very easy to guess", {}, { timeout: 15_000 })).toBeVisible();
  await app.user.clear(screen.getByLabelText("Password"));
  await app.user.type(screen.getByLabelText("Password"), "violet tractor under snow");
  expect(await screen.findByText("Very good")).toBeVisible();
});
