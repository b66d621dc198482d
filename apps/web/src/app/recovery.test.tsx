import { act, screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { mock, watchRequests } from "../../test/mock.ts";
import {
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  main,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { accountOf, ada, bob, ended, PASSWORD, sessionOf, setStage, tokenOf } from "../../test/stage.ts";

const TRIED = "/products/new?from=mail#price";
const NEXT = new URLSearchParams({ next: TRIED });
const TOKEN = "Zk3v-0Qd_9aTq7mB1xYw2A";
const NEW_PASSWORD = "eleven mild tractors";

async function heading(name: string) {
  return screen.findByRole("heading", { level: 1, name });
}

describe("a forgotten password", () => {
  test("R24, R59: is asked for from the log-in page, with the way back; the answer says nothing of the account", async () => {
    setStage();
    const asked = mock(endpoints.password.requestReset, { status: 202, body: null });
    const app = openApp(TRIED);
    await heading("Log in");
    await app.user.click(main().getByRole("link", { name: "Forgot your password?" }));
    expect(await heading("Forgot your password?")).toHaveFocus();
    expect(app.address()).toBe(`/forgot-password?${NEXT}`);
    expect(screen.getByLabelText("Email")).toHaveValue("");
    await app.user.type(screen.getByLabelText("Email"), " somebody@example.com ");
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    expect(await heading("Check your inbox")).toHaveFocus();
    expect(main().getByText("somebody@example.com").closest("p")).toHaveTextContent(/^If somebody@example.com has an/);
    expect(asked.map(({ body }) => body)).toEqual([{ email: "somebody@example.com", next: TRIED }]);

    // And back, with the same target.
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await fillInLogIn(app, ada.email, PASSWORD);
    expect(await heading("Add a product")).toBeVisible();
    expect(app.address()).toBe(TRIED);
  });

  test("R23: an email that was typed goes along from page to page, and into no address", async () => {
    setStage();
    const asked = mock(endpoints.password.requestReset, { status: 202, body: null });
    const app = openApp(TRIED);
    await app.user.type(await screen.findByLabelText("Email"), ada.email);
    await app.user.click(main().getByRole("link", { name: "Forgot your password?" }));
    await heading("Forgot your password?");
    expect(screen.getByLabelText("Email")).toHaveValue(ada.email);
    await app.user.clear(screen.getByLabelText("Email"));
    await app.user.type(screen.getByLabelText("Email"), bob.email);
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    await heading("Check your inbox");
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await heading("Log in");
    expect(screen.getByLabelText("Email")).toHaveValue(bob.email);
    await app.user.click(main().getByRole("link", { name: "Sign up" }));
    await heading("Create your account");
    expect(screen.getByLabelText("Email")).toHaveValue(bob.email);
    expect(asked.map(({ body }) => body.email)).toEqual([bob.email]);
    expect(app.address()).toBe(`/signup?${NEXT}`);
    expect(app.visited.join()).not.toContain("example.com");
    expect(JSON.stringify(window.history.state)).not.toContain("example.com");
  });

  test("R35: an email that was typed is not there for who comes after a logout", async () => {
    setStage();
    const app = openApp("/forgot-password");
    await app.user.type(await screen.findByLabelText("Email"), bob.email);
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await heading("Log in");
    await fillInLogIn(app, ada.email, PASSWORD);
    await expectLoggedIn(ada);
    await logOut(app);
    await expectLoggedOut();
    await app.goTo("/forgot-password");
    expect(await screen.findByLabelText("Email")).toHaveValue("");
  });

  test("without a way back none is sent; asked again, it knows the address", async () => {
    setStage();
    const asked = mock(endpoints.password.requestReset, { status: 202, body: null });
    const app = openApp("/forgot-password?next=//evil.example");
    await app.user.type(await screen.findByLabelText("Email"), ada.email);
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    expect(await heading("Check your inbox")).toHaveFocus();
    await app.user.click(screen.getByRole("button", { name: "Resend email" }));
    expect(await heading("Forgot your password?")).toHaveFocus();
    expect(screen.getByLabelText("Email")).toHaveValue(ada.email);
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    await heading("Check your inbox");
    expect(asked.map(({ body }) => body)).toEqual([{ email: ada.email }, { email: ada.email }]);
  });

  test("R33: for whom a page is kept goes along to it, and back", async () => {
    const stage = setStage();
    const app = await openLoggedIn("/dashboard/products");
    stage.session = ended;
    window.dispatchEvent(new Event("focus"));
    await heading("Log in");
    await app.user.click(main().getByRole("link", { name: "Forgot your password?" }));
    await heading("Forgot your password?");
    await app.user.click(header().getByRole("link", { name: "Log in" }));
    await fillInLogIn(app, bob.email, PASSWORD);
    await expectLoggedIn(bob);
    await waitFor(() => expect(app.address()).toBe("/"));
  });

  test("a bad address is said so at its field; too many tries, when to try again", async () => {
    setStage();
    const asked = mock(endpoints.password.requestReset, { refusal: "rate_limited", retryAfter: 600 });
    const app = openApp("/forgot-password");
    await app.user.type(await screen.findByLabelText("Email"), "ada@");
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    expect(screen.getByLabelText("Email")).toHaveAccessibleDescription(/Enter a valid email address/);
    expect(asked).toHaveLength(0);
    await app.user.type(screen.getByLabelText("Email"), "example.com");
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    expect(await screen.findByText("Too many attempts. Try again in 10 minutes.")).toBeVisible();
    expect(screen.getByLabelText("Email")).toHaveValue("ada@example.com");
  });

  test("a shop that can’t send mail says so, and whom to ask", async () => {
    const stage = setStage();
    stage.site = { ...stage.site, canSendMail: false };
    openApp("/forgot-password");
    expect(await screen.findByText(/^This shop can’t send email\. Contact the shop owner/)).toBeVisible();
    expect(screen.queryByLabelText("Email")).not.toBeInTheDocument();
  });

  test("in the local demo the mail is in the tray, and the page leads there", async () => {
    const stage = setStage();
    stage.site = { ...stage.site, hasMailTray: true };
    mock(endpoints.password.requestReset, { status: 202, body: null });
    const app = openApp("/forgot-password");
    await app.user.type(await screen.findByLabelText("Email"), ada.email);
    await app.user.click(screen.getByRole("button", { name: "Email me a link" }));
    await heading("Check your inbox");
    expect(main().getByRole("link", { name: "demo inbox" })).toHaveAttribute("href", "/outbox");
  });

  test("can be asked for while somebody is logged in", async () => {
    setStage(sessionOf(ada));
    openApp("/forgot-password");
    await expectLoggedIn(ada);
    expect(await screen.findByLabelText("Email")).toBeVisible();
  });
});

describe("a link to choose a new password", () => {
  const LINK = `/reset-password#token=${TOKEN}`;
  const done = (next: string | null = null) => ({ status: 200, body: { next } }) as const;

  test("R24, R63: opened in another tab, it leads to a new password, the log-in page, and the page first tried", async () => {
    setStage();
    const resets = mock(endpoints.password.reset, done(TRIED));
    const app = openApp(LINK);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await heading("Log in")).toHaveFocus();
    expect(screen.getByText("Your password is changed. Log in with the new one.")).toBeVisible();
    expect(screen.getByText("Then we’ll take you back to “Add a product”")).toBeVisible();
    expect(resets.map(({ body }) => body)).toEqual([{ token: TOKEN, password: NEW_PASSWORD }]);
    expect(app.address()).toBe(`/login?${NEXT}`);
    expect(screen.getByLabelText("Email")).toHaveValue(ada.email);
    await app.user.type(screen.getByLabelText("Password"), PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Log in" }));
    expect(await heading("Add a product")).toBeVisible();
    expect(app.address()).toBe(TRIED);
  });

  test("R50, R61: password managers are told whose new password it is; looking at the link uses nothing up", async () => {
    setStage();
    const looks = mock(endpoints.password.checkResetLink, { status: 200, body: { email: ada.email } });
    const resets = mock(endpoints.password.reset, done());
    openApp(LINK);
    await screen.findByLabelText("New password");
    const form = screen.getByRole("form", { name: "Choose a new password" });
    expect(form.querySelector("[autocomplete=username]")).toHaveValue(ada.email);
    expect(looks.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(resets).toHaveLength(0);
  });

  test("R60, R61: one that was used or is too old says so before a password is typed", async () => {
    setStage();
    mock(endpoints.password.checkResetLink, { refusal: "link_invalid" });
    openApp(`/reset-password?${NEXT}#token=${TOKEN}`);
    expect(await heading("This link no longer works")).toHaveFocus();
    expect(screen.queryByLabelText("New password")).not.toBeInTheDocument();
    expect(main().getByRole("link", { name: "Get a new link" })).toHaveAttribute("href", `/forgot-password?${NEXT}`);
  });

  test("a link that can’t be looked at is tried by the form", async () => {
    setStage();
    mock(endpoints.password.checkResetLink, { refusal: "rate_limited" });
    openApp(LINK);
    expect(await screen.findByLabelText("New password")).toBeVisible();
  });

  test("R24, R26: a link with the way back in its address leads there too, and says it of another link", async () => {
    setStage();
    mock(endpoints.password.reset, done());
    const app = openApp(`/reset-password?${NEXT}#token=${TOKEN}`);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(app.address()).toBe(`/login?${NEXT}`);
    await app.goTo(`/reset-password?${NEXT}`);
    await app.user.click(await screen.findByRole("link", { name: "Get a new link" }));
    expect(app.address()).toBe(`/forgot-password?${NEXT}`);
  });

  test("R26: what is no way back in the address of a link is none, and what the server says goes before it", async () => {
    setStage();
    const link = `/reset-password?${new URLSearchParams({ next: "//evil.example" })}#token=${TOKEN}`;
    mock(endpoints.password.reset, done());
    const app = openApp(link);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(app.address()).toBe("/login");
    mock(endpoints.password.reset, done(TRIED));
    await app.goTo(`/reset-password?next=%2Fdashboard#token=${TOKEN}`);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(app.address()).toBe(`/login?${NEXT}`);
  });

  test("R62: its token leaves the address at once, survives a reload, and is sent in the body of one request only", async () => {
    setStage();
    const addresses: string[] = [];
    watchRequests(({ url, referrer, headers }) => {
      addresses.push(`${url} ${referrer} ${JSON.stringify([...headers])}`);
    });
    const resets = mock(endpoints.password.reset, done());
    let app = openApp(LINK);
    const before = window.history.length;
    await heading("Choose a new password");
    await waitFor(() => expect(app.address()).toBe("/reset-password"));
    expect(window.location.href).not.toContain(TOKEN);
    expect(window.history.length).toBe(before);
    // No link of the page or its header contains the token.
    for (const link of screen.getAllByRole("link"))
      expect(link).not.toHaveAttribute("href", expect.stringContaining(TOKEN));
    app = app.reload();
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(resets.map(({ body }) => body.token)).toEqual([TOKEN]);
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((address) => address.includes(TOKEN))).toEqual([]);
    // The browser's history does not contain it either.
    expect(JSON.stringify(window.history.state)).not.toContain(TOKEN);
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain(TOKEN);
  });

  test("R62: the header's way to log in takes the token nowhere", async () => {
    setStage();
    const app = openApp(LINK);
    await heading("Choose a new password");
    await app.user.click(await header().findByRole("link", { name: "Log in" }));
    await heading("Log in");
    expect(app.address()).toBe("/login");
    expect(JSON.stringify(window.history.state)).not.toContain(TOKEN);
  });

  test.each(["//evil.example", "https://evil.example/", "/login"])(
    "R26: what is no way back (%j) is none, whoever says it",
    async (next) => {
      setStage();
      mock(endpoints.password.reset, done(next));
      const app = openApp(LINK);
      await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
      await app.user.click(screen.getByRole("button", { name: "Change password" }));
      await heading("Log in");
      expect(app.address()).toBe("/login");
    },
  );

  test.each(["", "#", "#token=", "#token=cut%20short", "#other=abc", `#token=${"a".repeat(201)}`])(
    "R60: with %j for a token it is no longer good, and another one can be asked for",
    async (fragment) => {
      setStage();
      const app = openApp(`/reset-password${fragment}`);
      await heading("This link no longer works");
      await app.user.click(main().getByRole("link", { name: "Get a new link" }));
      await heading("Forgot your password?");
      expect(app.address()).toBe("/forgot-password");
    },
  );

  test("R60: one that is used meanwhile says so once it is tried", async () => {
    setStage();
    mock(endpoints.password.reset, { refusal: "link_invalid" });
    const app = openApp(LINK);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await heading("This link no longer works")).toHaveFocus();
    expect(main().getByRole("link", { name: "Get a new link" })).toBeVisible();
  });

  test("a second link, opened in the same tab, takes the place of the first", async () => {
    setStage();
    const resets = mock(endpoints.password.reset, ({ body }) =>
      body.token === TOKEN ? { refusal: "link_invalid" } : done(),
    );
    const app = openApp(LINK);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("This link no longer works");
    await app.goTo("/reset-password#token=newer");
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(resets.map(({ body }) => body.token)).toEqual([TOKEN, "newer"]);
  });

  test("a second link, pasted over the address of the first, takes its place without a word on the console", async () => {
    setStage();
    const resets = mock(endpoints.password.reset, done());
    const app = openApp(LINK);
    await heading("Choose a new password");
    await waitFor(() => expect(window.location.hash).toBe(""));
    // The browser changes the address first and tells the router afterwards.
    act(() => {
      window.location.hash = "#token=newer";
    });
    await waitFor(() => expect(JSON.stringify(window.history.state)).toContain("newer"));
    expect(app.address()).toBe("/reset-password");
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(resets.map(({ body }) => body.token)).toEqual(["newer"]);
  });

  test("R45: a weak password is said so at its field, and the link stays good; a meter helps", async () => {
    setStage();
    const resets = mock(endpoints.password.reset, ({ body }) =>
      body.password === "password123" ? { refusal: "invalid_input", variant: "a common password" } : done(),
    );
    const app = openApp(LINK);
    const field = await screen.findByLabelText("New password");
    expect(field).toHaveAttribute("autocomplete", "new-password");
    await app.user.type(field, "1111");
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    expect(field).toHaveAccessibleDescription(/Use at least 8 characters/);
    expect(resets).toHaveLength(0);
    await app.user.clear(field);
    await app.user.type(field, "password123");
    expect(await screen.findByText(/Very easy to guess/, {}, { timeout: 15_000 })).toBeVisible();
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await waitFor(() => expect(field).toHaveAccessibleDescription(/This password is too common/));
    await app.user.clear(field);
    await app.user.type(field, NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await heading("Log in")).toBeVisible();
  });

  test("R63: a session of the same person in this browser is over too", async () => {
    const stage = setStage(sessionOf(ada));
    mock(endpoints.password.reset, () => {
      stage.session = ended;
      return done();
    });
    const app = openApp(LINK);
    await expectLoggedIn(ada);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(screen.getByText("Your password is changed. Log in with the new one.")).toBeVisible();
    await expectLoggedOut();
  });

  test("somebody else who is logged in here stays so, and is told that it worked", async () => {
    setStage(sessionOf(bob));
    mock(endpoints.password.reset, done());
    const app = openApp(LINK);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    expect(await screen.findByText("Your password is changed")).toBeVisible();
    await expectLoggedIn(bob);
    expect(app.address()).toBe("/");
  });
});

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

describe("a link that takes a change of address back", () => {
  const LINK = `/undo-email-change#token=${TOKEN}`;

  test("R61, R64: needs a press of a button, then nobody is logged in, and a new password is at hand", async () => {
    const stage = setStage(sessionOf(ada));
    const undone = mock(endpoints.email.undoChange, () => {
      stage.session = ended;
      return { status: 200, body: { email: ada.email } };
    });
    const app = openApp(LINK);
    await expectLoggedIn(ada);
    const button = await screen.findByRole("button", { name: "Undo" });
    await waitFor(() => expect(app.address()).toBe("/undo-email-change"));
    expect(undone).toHaveLength(0);
    await app.user.click(button);
    expect(await heading("Change undone")).toHaveFocus();
    expect(main().getByText(ada.email)).toBeVisible();
    await expectLoggedOut();
    expect(app.address()).toBe("/undo-email-change");
    expect(undone.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(main().getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login");
    await app.user.click(main().getByRole("link", { name: "Get a new link" }));
    await heading("Forgot your password?");
  });

  test.each(["link_invalid", "none"])("R60: one that is no longer good (%s) says so", async (how) => {
    setStage();
    mock(endpoints.email.undoChange, { refusal: "link_invalid" });
    const app = openApp(how === "none" ? "/undo-email-change" : LINK);
    if (how !== "none") await app.user.click(await screen.findByRole("button", { name: "Undo" }));
    await heading("This link no longer works");
    expect(main().getByRole("link", { name: "Choose a new password" })).toBeVisible();
  });

  test("no answer is said so", async () => {
    setStage();
    mock(endpoints.email.undoChange, "no answer");
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByText(/^We couldn’t undo it/)).toHaveRole("alert");
  });
});

describe("a link that says “this wasn’t me”", () => {
  const LINK = `/not-me#token=${TOKEN}`;
  const RESET_TOKEN = tokenOf("reset");

  test("R61, R79: needs a press of a button, logs out everywhere, and goes on to a new password", async () => {
    setStage();
    const denied = mock(endpoints.auth.reportUnknownLogin, { status: 200, body: { resetToken: RESET_TOKEN } });
    const resets = mock(endpoints.password.reset, { status: 200, body: { next: null } });
    const app = openApp(LINK);
    const button = await screen.findByRole("button", { name: "It wasn’t me" });
    await waitFor(() => expect(app.address()).toBe("/not-me"));
    expect(denied).toHaveLength(0);
    const before = window.history.length;
    await app.user.click(button);
    expect(await heading("Choose a new password")).toHaveFocus();
    expect(screen.getByText("Your account was logged out everywhere")).toBeVisible();
    expect(app.address()).toBe("/reset-password");
    expect(window.history.length).toBe(before);
    expect(denied.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    await app.user.type(await screen.findByLabelText("New password"), NEW_PASSWORD);
    await app.user.click(screen.getByRole("button", { name: "Change password" }));
    await heading("Log in");
    expect(resets.map(({ body }) => body.token)).toEqual([RESET_TOKEN]);
  });

  test("R79: a session of the same person in this browser is over too", async () => {
    const stage = setStage(sessionOf(ada));
    mock(endpoints.auth.reportUnknownLogin, () => {
      stage.session = ended;
      return { status: 200, body: { resetToken: RESET_TOKEN } };
    });
    const app = openApp(LINK);
    await expectLoggedIn(ada);
    await app.user.click(await screen.findByRole("button", { name: "It wasn’t me" }));
    await heading("Choose a new password");
    await expectLoggedOut();
  });

  test.each(["link_invalid", "none"])("R60: one that is no longer good (%s) says so", async (how) => {
    setStage();
    mock(endpoints.auth.reportUnknownLogin, { refusal: "link_invalid" });
    const app = openApp(how === "none" ? "/not-me" : LINK);
    if (how !== "none") await app.user.click(await screen.findByRole("button", { name: "It wasn’t me" }));
    await heading("This link no longer works");
    expect(main().getByRole("link", { name: "Choose a new password" })).toBeVisible();
  });

  test("no answer is said so", async () => {
    setStage();
    mock(endpoints.auth.reportUnknownLogin, "no answer");
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", { name: "It wasn’t me" }));
    expect(await screen.findByText(/^We couldn’t log your account out/)).toHaveRole("alert");
  });
});

describe("a link that allows a browser some more tries", () => {
  const LINK = `/unlock#token=${TOKEN}`;
  const BUTTON = { name: "Allow 5 more tries" };

  test("R56, R61: needs a press of a button, and leads to the log-in", async () => {
    setStage();
    const unlocked = mock(endpoints.auth.unlock, { status: 204, body: null });
    const app = openApp(LINK);
    const button = await screen.findByRole("button", BUTTON);
    await waitFor(() => expect(app.address()).toBe("/unlock"));
    expect(unlocked).toHaveLength(0);
    await app.user.click(button);
    expect(await heading("5 more tries allowed")).toHaveFocus();
    expect(unlocked.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(JSON.stringify(window.history.state)).not.toContain(TOKEN);
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await heading("Log in");
    expect(app.address()).toBe("/login");
    await app.goBack();
    await heading("This link no longer works");
  });

  test.each(["link_invalid", "none"])("R60: one that is no longer good (%s) says so", async (how) => {
    setStage();
    mock(endpoints.auth.unlock, { refusal: "link_invalid" });
    const app = openApp(how === "none" ? "/unlock" : LINK);
    if (how !== "none") await app.user.click(await screen.findByRole("button", BUTTON));
    await heading("This link no longer works");
    expect(main().getByRole("link", { name: "Choose a new password" })).toBeVisible();
  });

  test("no answer is said so", async () => {
    setStage();
    mock(endpoints.auth.unlock, "no answer");
    const app = openApp(LINK);
    await app.user.click(await screen.findByRole("button", BUTTON));
    expect(await screen.findByText(/^Couldn’t allow more tries/)).toHaveRole("alert");
  });
});

describe("the link of a test email", () => {
  const LINK = `/test-email#token=${TOKEN}`;
  const BUTTON = { name: "I got the email" };

  test("R61, R100: needs a press of a button, and leads to what else is missing", async () => {
    setStage();
    const confirmed = mock(endpoints.operator.confirmTestMail, { status: 204, body: null });
    const app = openApp(LINK);
    const button = await screen.findByRole("button", BUTTON);
    await waitFor(() => expect(app.address()).toBe("/test-email"));
    expect(confirmed).toHaveLength(0);
    await app.user.click(button);
    expect(await heading("Email works")).toHaveFocus();
    expect(confirmed.map(({ body }) => body)).toEqual([{ token: TOKEN }]);
    expect(JSON.stringify(window.history.state)).not.toContain(TOKEN);
    expect(main().getByRole("link", { name: "See what else you need" })).toHaveAttribute("href", "/dashboard");
  });

  test.each(["link_invalid", "none"])("R60: one that is no longer good (%s) leads to another one", async (how) => {
    setStage();
    mock(endpoints.operator.confirmTestMail, { refusal: "link_invalid" });
    const app = openApp(how === "none" ? "/test-email" : LINK);
    if (how !== "none") await app.user.click(await screen.findByRole("button", BUTTON));
    await heading("This link no longer works");
    expect(main().getByRole("link", { name: "Shop settings" })).toHaveAttribute("href", "/operator/shop");
  });
});
