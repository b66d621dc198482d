import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, NEXT, TRIED } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import {
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  main,
  openApp,
  openLoggedIn,
} from "../../../test/render-app.tsx";
import { ada, bob, ended, PASSWORD, sessionOf, setStage } from "../../../test/stage.ts";

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
