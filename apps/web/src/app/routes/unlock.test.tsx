import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, TOKEN } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import { main, openApp } from "../../../test/render-app.tsx";
import { setStage } from "../../../test/stage.ts";

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
