import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, NEW_PASSWORD, TOKEN } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import { expectLoggedIn, expectLoggedOut, main, openApp } from "../../../test/render-app.tsx";
import { ada, ended, sessionOf, setStage, tokenOf } from "../../../test/stage.ts";

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
