import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import {
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  logOut,
  openApp,
  openLoggedIn,
} from "../../../test/render-app.tsx";
import { ada, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";

test("S7, S23: the log-in page has an address of its own and shows its fields", async () => {
  setStage();
  openApp("/login");
  expect(await screen.findByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  expect(screen.getByLabelText("Email")).toHaveAttribute("autocomplete", "email");
  expect(screen.getByLabelText("Password")).toHaveAttribute("autocomplete", "current-password");
  expect(screen.getByLabelText("Remember me")).not.toBeChecked();
});

test("S9, S23: log-in without a page to go back to lands on the home page, logged in, and offers log-out", async () => {
  setStage();
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  await waitFor(() => expect(app.address()).toBe("/"));
  await app.user.click(screen.getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Log out" })).toBeVisible();
});

test("S13, S16, S23: log-out lands on the home page; log-in is offered again, log-out is gone", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  await logOut(app);
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  expect(screen.queryByRole("menuitem", { name: "Log out" })).not.toBeInTheDocument();
  expect(stage.logouts).toHaveLength(1);
});

test.each([
  { who: "an unknown user", email: "nobody@example.com", password: PASSWORD },
  { who: "a wrong password", email: ada.email, password: "not it at all" },
])("S23: $who gets the same words, in place, and keeps what was typed", async ({ email, password }) => {
  setStage();
  const app = openApp("/login");
  await fillInLogIn(app, email, password);
  const alert = await findAlert();
  expect(alert).toHaveTextContent(/^Invalid email or password$/);
  expect(alert).toHaveFocus();
  expect(screen.getByLabelText("Email")).toHaveValue(email);
  expect(app.address()).toBe("/login");
});

async function findAlert() {
  return screen.findByText((_, element) => element?.getAttribute("role") === "alert" && element.textContent !== "");
}

test("S23: a bad address and a missing password are told at their fields, and nothing is sent", async () => {
  const stage = setStage();
  const app = openApp("/login");
  await app.user.type(await screen.findByLabelText("Email"), "not an address");
  await app.user.click(screen.getByRole("button", { name: "Log in" }));
  const email = screen.getByLabelText("Email");
  expect(email).toBeInvalid();
  expect(email).toHaveAccessibleDescription("Enter a valid email address");
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Enter your password");
  expect(await findAlert()).toHaveFocus();
  expect(stage.logins).toHaveLength(0);

  await app.user.click(screen.getByRole("link", { name: "Enter your password" }));
  expect(screen.getByLabelText("Password")).toHaveFocus();
  await app.user.type(email, "x");
  expect(email).not.toHaveAttribute("aria-invalid");
});

test("faults that the server finds are shown at their fields", async () => {
  setStage();
  mock(endpoints.auth.login, { refusal: "invalid_input" });
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  await waitFor(() => expect(screen.getByLabelText("Email")).toHaveAccessibleDescription("Enter your email"));
});

test.each([
  {
    refusal: "rate_limited",
    retryAfter: 840,
    words:
      "Too many attempts. Try again in 14 minutes. If this keeps happening, check your inbox: we may have sent you a link that lets you in.",
  },
  {
    refusal: "session_store_unavailable",
    retryAfter: 5,
    words: "We can’t verify log-ins right now. Nothing is lost: try again in 5 seconds.",
  },
  {
    refusal: "overloaded",
    retryAfter: 1,
    words: "The server is busy. Nothing is lost: try again in 1 second.",
  },
] as const)("$refusal says when to try again, and keeps what was typed", async ({ refusal, retryAfter, words }) => {
  setStage();
  mock(endpoints.auth.login, { refusal, retryAfter });
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByLabelText("Email")).toHaveValue(ada.email);
  expect(screen.getByLabelText("Password")).toHaveValue(PASSWORD);
});

test("too many tries say nothing of a link where no mail is sent", async () => {
  const stage = setStage();
  stage.site = { ...stage.site, canSendMail: false };
  mock(endpoints.auth.login, { refusal: "rate_limited", retryAfter: 840 });
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText("Too many attempts. Try again in 14 minutes.")).toBeVisible();
});

test("no answer at all says so, and the next try works", async () => {
  setStage();
  mock(endpoints.auth.login, "no answer");
  const app = openApp("/login");
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(/The server can’t be reached/)).toBeVisible();
  mock(endpoints.auth.login, { status: 200, body: sessionOf(ada) });
  await app.user.click(screen.getByRole("button", { name: "Log in" }));
  await expectLoggedIn(ada);
});

test("“Remember me” is sent as it is ticked", async () => {
  const stage = setStage();
  const app = openApp("/login");
  await app.user.click(await screen.findByLabelText("Remember me"));
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  expect(stage.logins[0]?.body).toEqual({ email: ada.email, password: PASSWORD, remember: true });
});

test("R50: a switch shows the password, and caps lock is pointed out", async () => {
  setStage();
  const app = openApp("/login");
  const password = await screen.findByLabelText("Password");
  expect(password).toHaveAttribute("type", "password");
  await app.user.click(screen.getByRole("button", { name: "Show password" }));
  expect(password).toHaveAttribute("type", "text");
  await app.user.click(password);
  await app.user.keyboard("{CapsLock}a");
  expect(await screen.findByText("Caps lock is on")).toBeVisible();
});

test("R50: a password can be pasted", async () => {
  setStage();
  const app = openApp("/login");
  await app.user.click(await screen.findByLabelText("Password"));
  await app.user.paste(PASSWORD);
  expect(screen.getByLabelText("Password")).toHaveValue(PASSWORD);
});

test("submitted twice at once, it is sent once", async () => {
  setStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = mock(endpoints.auth.login, async () => {
    await promise;
    return { status: 200, body: sessionOf(ada) };
  });
  const app = openApp("/login");
  await app.user.type(await screen.findByLabelText("Email"), ada.email);
  await app.user.type(screen.getByLabelText("Password"), PASSWORD);
  const form = screen.getByRole<HTMLFormElement>("form", { name: "Log in" });
  form.requestSubmit();
  form.requestSubmit();
  await app.user.dblClick(screen.getByRole("button", { name: "Log in" }));
  // A slow button shows that it is busy.
  await waitFor(() => expect(screen.getByRole("button", { name: "Log in" })).toHaveAttribute("aria-busy", "true"));
  resolve();
  await expectLoggedIn(ada);
  expect(asked).toHaveLength(1);
});
