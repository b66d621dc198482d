import { act, screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, NEW_PASSWORD, NEXT, TOKEN, TRIED } from "../../../test/mailed-link.ts";
import { mock, watchRequests } from "../../../test/mock.ts";
import { expectLoggedIn, expectLoggedOut, header, main, openApp } from "../../../test/render-app.tsx";
import { ada, bob, ended, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";

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
    await waitFor(() => expect(app.address()).toBe(`/forgot-password?${NEXT}`));
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
    await waitFor(() => expect(app.address()).toBe("/"));
  });
});
