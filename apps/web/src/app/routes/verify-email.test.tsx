import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, TOKEN } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import { expectLoggedIn, expectLoggedOut, header, main, openApp } from "../../../test/render-app.tsx";
import { accountOf, ada, bob, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";

describe("a link that confirms an address", () => {
  const LINK = `/verify-email#token=${TOKEN}`;

  test("R61: opening it uses nothing up; pressing the button does", async () => {
    setStage();
    const verified = mock(endpoints.email.verify, { status: 200, body: { email: ada.email, isChanged: false } });
    const app = openApp(LINK);
    const button = await screen.findByRole("button", { name: "Confirm my email" });
    await waitFor(() => expect(app.address()).toBe("/verify-email"));
    expect(verified).toHaveLength(0);
    await app.user.click(button);
    expect(await heading("Your email is confirmed")).toHaveFocus();
    expect(main().getByText(ada.email)).toBeVisible();
    expect(main().getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login");
    expect(verified.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
  });

  test("R60, R62: once it is used its token is gone: neither Back nor a reload offers it again", async () => {
    setStage();
    mock(endpoints.email.verify, { status: 200, body: { email: ada.email, isChanged: false } });
    let app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
    await heading("Your email is confirmed");
    await waitFor(() => expect(JSON.stringify(window.history.state)).not.toContain(TOKEN));
    expect(await heading("Your email is confirmed")).toBeVisible();
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await heading("Log in");
    await app.goBack();
    await heading("This link no longer works");
    app = app.reload();
    await heading("This link no longer works");
    expect(app.address()).toBe("/verify-email");
  });

  test("R63: whoever is logged in with nothing to confirm can say at once that it is not theirs", async () => {
    setStage(sessionOf(bob));
    openApp(LINK);
    await expectLoggedIn(bob);
    expect(await screen.findByRole("button", { name: "I didn’t create this account…" })).toBeVisible();
  });

  test.each([{ isEmailVerified: false }, { pendingEmail: "ada@new.example" }])(
    "R63: whoever is logged in with something to confirm (%j) is not asked whether the account is theirs",
    async (account) => {
      const stage = setStage(sessionOf(ada));
      stage.account = account;
      const app = openApp(LINK);
      await expectLoggedIn(ada);
      await screen.findByRole("button", { name: "Confirm my email" });
      await waitFor(() => expect(app.queryClient.isFetching()).toBe(0));
      expect(screen.queryByRole("button", { name: "I didn’t create this account…" })).not.toBeInTheDocument();
    },
  );

  test("R64: a changed address is the one that is logged in from then on", async () => {
    const stage = setStage(sessionOf(ada));
    const changed = { ...ada, email: "ada@new.example" };
    mock(endpoints.email.verify, () => {
      stage.session = sessionOf(changed);
      return { status: 200, body: { email: changed.email, isChanged: true } };
    });
    const app = openApp(LINK);
    await expectLoggedIn(ada);
    await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
    expect(await heading("Your email is changed")).toHaveFocus();
    expect(main().getByText("ada@new.example")).toBeVisible();
    await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
    expect(await screen.findByText("ada@new.example", { selector: "[role=menu] *" })).toBeVisible();
    await app.user.keyboard("{Escape}");
    await app.user.click(main().getByRole("link", { name: "Go to your dashboard" }));
    expect(await screen.findByText("Recent products")).toBeVisible();
  });

  test("R4, R64: what was asked under the former id meanwhile is asked once more, and nobody’s session ended", async () => {
    const stage = setStage(sessionOf(ada));
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = mock(endpoints.account.get, async () => {
      if (asked.length > 1) return { status: 200, body: accountOf(ada) };
      await promise;
      return { refusal: "unauthenticated" };
    });
    mock(endpoints.email.verify, () => {
      stage.session = sessionOf({ ...ada, email: "ada@new.example" });
      resolve();
      return { status: 200, body: { email: "ada@new.example", isChanged: true } };
    });
    const app = openApp(LINK);
    await expectLoggedIn(ada);
    await waitFor(() => expect(asked).toHaveLength(1));
    await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
    await heading("Your email is changed");
    await waitFor(() => expect(asked.length).toBeGreaterThan(1));
    await waitFor(() => expect(app.queryClient.isFetching()).toBe(0));
    await expectLoggedIn(ada);
  });

  test.each(["link_invalid", "none"])(
    "R60: one that is no longer good (%s) says so, and how to get another",
    async (how) => {
      setStage();
      mock(endpoints.email.verify, { refusal: "link_invalid" });
      const app = openApp(how === "none" ? "/verify-email" : LINK);
      if (how !== "none") await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
      await heading("This link no longer works");
      expect(main().getByRole("link", { name: "Log in" })).toBeVisible();
    },
  );

  test.each([
    { reply: "no answer" as const, words: /The server can’t be reached/ },
    { reply: { refusal: "email_taken" } as const, words: /That email already has an account/ },
    { reply: { refusal: "rate_limited", retryAfter: 60 } as const, words: /Try again in 1 minute/ },
  ])("$reply is said so, and the button stays", async ({ reply, words }) => {
    setStage();
    mock(endpoints.email.verify, reply);
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
    expect(await screen.findByText(words)).toHaveRole("alert");
    mock(endpoints.email.verify, { status: 200, body: { email: ada.email, isChanged: false } });
    await app.user.click(screen.getByRole("button", { name: "Confirm my email" }));
    await heading("Your email is confirmed");
  });
});

describe("a link that confirms an address where nobody is logged in to its account", () => {
  const LINK = `/verify-email#token=${TOKEN}`;

  /** Opens the page in the state in which the password is required. */
  async function openAtPassword() {
    const asked = mock(endpoints.email.verify, ({ body }) => {
      if (body.password === undefined) return { refusal: "password_required" };
      if (body.password !== PASSWORD) return { refusal: "invalid_credentials" };
      return { status: 200, body: { email: ada.email, isChanged: false } };
    });
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "Confirm my email" }));
    expect(await heading("Enter your password")).toHaveFocus();
    return { app, asked };
  }

  test("R63: asks for the password of the account, and is as good as it was after a wrong one", async () => {
    setStage();
    const { app, asked } = await openAtPassword();
    const field = screen.getByLabelText("Password");
    expect(field).toHaveAttribute("autocomplete", "current-password");
    await app.user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(field).toHaveAccessibleDescription(/Enter your password/);
    await app.user.type(field, "not the password");
    await app.user.click(screen.getByRole("button", { name: "Confirm" }));
    await waitFor(() => expect(field).toHaveAccessibleDescription(/That’s not the password of this account/));
    await app.user.clear(field);
    await app.user.type(field, PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(await heading("Your email is confirmed")).toHaveFocus();
    expect(asked.map(({ body }) => body)).toEqual([
      { token: TOKEN },
      { token: TOKEN, password: "not the password" },
      { token: TOKEN, password: PASSWORD },
    ]);
    await expectLoggedOut();
  });

  test("R63: whoever did not create the account says so, is asked once more, and can sign up", async () => {
    setStage();
    const disowned = mock(endpoints.account.disown, { status: 200, body: { isAccountClosed: true } });
    const { app } = await openAtPassword();
    await app.user.click(screen.getByRole("button", { name: "I didn’t create this account…" }));
    const dialog = await screen.findByRole("dialog", { name: "You didn’t create this account?" });
    await app.user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(disowned).toHaveLength(0);
    await app.user.click(screen.getByRole("button", { name: "I didn’t create this account…" }));
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create it" }));
    expect(await heading("The account is closed")).toHaveFocus();
    expect(disowned.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(JSON.stringify(window.history.state)).not.toContain(TOKEN);
    await app.user.click(main().getByRole("link", { name: "Sign up" }));
    await waitFor(() => expect(app.address()).toBe("/signup"));
  });

  test("R61, R63: whoever did not create the account can say so at once, without pressing anything else first", async () => {
    setStage();
    const verified = mock(endpoints.email.verify, { refusal: "password_required" });
    const disowned = mock(endpoints.account.disown, { status: 200, body: { isAccountClosed: true } });
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create this account…" }));
    expect(disowned).toHaveLength(0);
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create it" }));
    expect(await heading("The account is closed")).toHaveFocus();
    expect(disowned.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(verified).toHaveLength(0);
  });

  test("R63: whoever forgot the password of the account is led to a new one", async () => {
    setStage();
    const { app } = await openAtPassword();
    await app.user.click(main().getByRole("link", { name: "Forgot your password?" }));
    await heading("Forgot your password?");
    expect(app.address()).toBe("/forgot-password");
  });

  test("R64: of a change of address only the change is called off, and the page says no more", async () => {
    setStage(sessionOf(bob));
    mock(endpoints.account.disown, { status: 200, body: { isAccountClosed: false }, variant: "a change of address" });
    const { app } = await openAtPassword();
    await app.user.click(screen.getByRole("button", { name: "I didn’t create this account…" }));
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create it" }));
    await heading("Your email is off that account");
    await expectLoggedIn(bob);
  });

  test("R60: once the link is over, both ways say so", async () => {
    setStage();
    mock(endpoints.account.disown, { refusal: "link_invalid" });
    const { app } = await openAtPassword();
    await app.user.click(screen.getByRole("button", { name: "I didn’t create this account…" }));
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create it" }));
    expect(await heading("This link no longer works")).toHaveFocus();
  });

  test("R60: a link that ends while the password is typed says so", async () => {
    setStage();
    const { app } = await openAtPassword();
    mock(endpoints.email.verify, { refusal: "link_invalid" });
    await app.user.type(screen.getByLabelText("Password"), PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Confirm" }));
    expect(await heading("This link no longer works")).toHaveFocus();
  });

  test.each([
    { reply: "no answer" as const, words: /The server can’t be reached/ },
    { reply: { refusal: "rate_limited", retryAfter: 60 } as const, words: /Try again in 1 minute/ },
  ])("$reply to “I didn’t create this account” is said so, and the button stays", async ({ reply, words }) => {
    setStage();
    mock(endpoints.account.disown, reply);
    const { app } = await openAtPassword();
    await app.user.click(screen.getByRole("button", { name: "I didn’t create this account…" }));
    await app.user.click(await screen.findByRole("button", { name: "I didn’t create it" }));
    expect(await screen.findByText(words)).toHaveRole("alert");
    expect(screen.getByRole("button", { name: "I didn’t create this account…" })).toBeVisible();
  });
});
