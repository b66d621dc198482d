import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  type App,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  main,
  openApp,
} from "../../test/render-app.tsx";
import { ada, adaAsOperator, nobody, PASSWORD, personOf, sessionOf, setStage, tokenOf } from "../../test/stage.ts";

const KEY = tokenOf("the-key-of-the-setup-link");
/** The link that the server prints at its first start, without the origin. */
const LINK = `/setup#key=${KEY}`;

/** A server whose setup link is good, where Ada is logged in unless `session` says otherwise. */
function setSetupStage(session: Parameters<typeof setStage>[0] = sessionOf(ada)) {
  const stage = setStage(session);
  mock(endpoints.operator.listPeople, { status: 200, body: { items: [personOf(adaAsOperator)], nextCursor: null } });
  const setups = mock(endpoints.operator.setUp, () => {
    stage.session = sessionOf(adaAsOperator);
    return { status: 200, body: stage.session };
  });
  return Object.assign(stage, { setups });
}

function heading(name: string) {
  return screen.findByRole("heading", { level: 1, name });
}

async function runShop(app: App) {
  await app.user.click(await screen.findByRole("button", { name: "Run this shop" }));
}

function storedInTab(): string {
  return JSON.stringify({ ...sessionStorage });
}

describe("the link that the server prints at its first start", () => {
  test("needs a press of a button, makes the user an operator, and leads to the people", async () => {
    const { setups } = setSetupStage();
    const app = openApp(LINK);
    expect(await screen.findByText(/^Run this shop as/)).toHaveTextContent("Run this shop as Ada, ada@example.com?");
    expect(setups).toHaveLength(0);
    await runShop(app);
    await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "People" })).toHaveFocus());
    expect(app.address()).toBe("/operator/people");
    expect(screen.getByText("You run this shop now")).toBeVisible();
    expect(setups.map(({ body }) => body)).toEqual([{ token: KEY }]);
    expect(storedInTab()).not.toContain(KEY);
    await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
    expect(await screen.findByRole("menuitem", { name: "People" })).toHaveAttribute("href", "/operator/people");
  });

  test("its key leaves the address at once, and is kept in this tab", async () => {
    setSetupStage();
    const before = window.history.length;
    const app = openApp(LINK);
    await screen.findByRole("button", { name: "Run this shop" });
    await waitFor(() => expect(app.address()).toBe("/setup"));
    expect(window.history.length - before).toBe(1);
    expect(JSON.stringify(window.history.state)).not.toContain(KEY);
    expect({ ...localStorage }).toEqual({});
    app.reload();
    expect(await screen.findByRole("button", { name: "Run this shop" })).toBeVisible();
  });

  test("waits while its holder logs in", async () => {
    const { setups } = setSetupStage(nobody);
    let app = openApp(LINK);
    await heading("Set up your shop");
    expect(main().getByRole("link", { name: "Sign up" })).toHaveAttribute("href", "/signup?next=%2Fsetup");
    await app.user.click(main().getByRole("link", { name: "Log in" }));
    await heading("Log in");
    expect(app.address()).toBe("/login?next=%2Fsetup");
    app = app.reload();
    await fillInLogIn(app, ada.email, PASSWORD);
    await runShop(app);
    await heading("People");
    expect(setups.map(({ body }) => body)).toEqual([{ token: KEY }]);
  });

  test("waits while its holder signs up", async () => {
    setSetupStage(nobody);
    const app = openApp(LINK);
    await heading("Set up your shop");
    await app.user.click(main().getByRole("link", { name: "Sign up" }));
    for (const [label, text] of [
      ["Name", "Cleo"],
      ["Email", "cleo@example.com"],
      ["Password", PASSWORD],
    ] as const) {
      await app.user.click(await screen.findByLabelText(label));
      await app.user.paste(text);
    }
    await app.user.click(main().getByRole("button", { name: "Sign up" }));
    expect(await screen.findByText(/^Run this shop as/)).toHaveTextContent("Cleo, cleo@example.com");
  });

  test("outlives a log-out, though the browser clears what the tab keeps", async () => {
    const stage = setSetupStage();
    let app = openApp(LINK);
    await screen.findByRole("button", { name: "Run this shop" });
    await expectLoggedIn(ada);
    mock(endpoints.auth.logout, () => {
      sessionStorage.clear();
      stage.session = nobody;
      return { status: 204, body: null };
    });
    await logOut(app);
    await expectLoggedOut();
    expect(storedInTab()).toContain(KEY);
    app = app.reload();
    await app.goTo("/setup");
    expect(await main().findByRole("link", { name: "Log in" })).toBeVisible();
  });

  test("R60: once it is no longer good, says so and how to get another, and is forgotten", async () => {
    setSetupStage();
    mock(endpoints.operator.setUp, { refusal: "link_invalid" });
    const app = openApp(LINK);
    await runShop(app);
    await waitFor(() => expect(screen.getByRole("heading", { name: "This link no longer works" })).toHaveFocus());
    expect(main().getByText("pnpm yumroad setup-link")).toBeVisible();
    expect(storedInTab()).not.toContain(KEY);
    await app.goTo(`/setup#key=${tokenOf("another")}`);
    expect(await screen.findByRole("button", { name: "Run this shop" })).toBeVisible();
  });

  test("no answer is said so, and the key stays for another try", async () => {
    setSetupStage();
    mock(endpoints.operator.setUp, "no answer");
    const app = openApp(LINK);
    await runShop(app);
    expect(await screen.findByText(/^Couldn’t set up the shop/)).toHaveRole("alert");
    expect(storedInTab()).toContain(KEY);
  });
});

test.each(["/setup", "/setup#key=", "/setup#key=a%20b"])("without a key, %s says where to get it", async (address) => {
  setSetupStage();
  const app = openApp(address);
  await heading("Set up your shop");
  expect(main().getByText(/^Open the link that the server printed/)).toBeVisible();
  expect(main().getByText("pnpm yumroad setup-link")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Run this shop" })).not.toBeInTheDocument();
  await waitFor(() => expect(app.address()).toBe("/setup"));
});

test.each(["/setup", LINK])(
  "an operator at %s is told so and led to the people, and the key is forgotten",
  async (address) => {
    setSetupStage(sessionOf(adaAsOperator));
    openApp(address);
    expect(await screen.findByText("You already run this shop.")).toBeVisible();
    expect(main().getByRole("link", { name: "People" })).toHaveAttribute("href", "/operator/people");
    await waitFor(() => expect(storedInTab()).not.toContain(KEY));
  },
);

test("a shop that takes no new accounts offers the log-in alone", async () => {
  const stage = setSetupStage(nobody);
  stage.site = { ...stage.site, signupMode: "closed" };
  openApp(LINK);
  await heading("Set up your shop");
  expect(main().getByRole("link", { name: "Log in" })).toBeVisible();
  await waitFor(() => expect(header().getByRole("link", { name: "Log in" })).toBeVisible());
  expect(main().queryByRole("link", { name: "Sign up" })).not.toBeInTheDocument();
});
