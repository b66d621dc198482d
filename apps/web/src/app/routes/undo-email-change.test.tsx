import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, TOKEN } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import { expectLoggedIn, expectLoggedOut, main, openApp } from "../../../test/render-app.tsx";
import { ada, ended, sessionOf, setStage } from "../../../test/stage.ts";

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
