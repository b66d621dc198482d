import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { heading, TOKEN } from "../../../test/mailed-link.ts";
import { mock } from "../../../test/mock.ts";
import { main, openApp } from "../../../test/render-app.tsx";
import { setStage } from "../../../test/stage.ts";

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
