import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  type App,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { accountOf, ada, PASSWORD, setStage } from "../../test/stage.ts";

async function openNameForm(app: App) {
  await app.user.click(await screen.findByRole("button", { name: "Change your name" }));
  return screen.getByLabelText("Name");
}

const ADDRESS = "/settings/profile";

/** A server that stores a changed name. */
function keepName() {
  const stage = setStage();
  const changes = mock(endpoints.account.change, ({ body }) => {
    if (stage.session.user === null) return { refusal: "unauthenticated" };
    stage.session = { ...stage.session, user: { ...stage.session.user, ...body } };
    return { status: 200, body: accountOf(stage.session.user) };
  });
  return { stage, changes };
}

test("the account menu leads to the settings", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard");
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Settings" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Your profile" })).toHaveFocus());
  expect(app.address()).toBe(ADDRESS);
  expect(document.title).toBe("Your profile · Yumroad");
  expect(screen.getByRole("navigation", { name: "Settings" })).toBeVisible();
});

test("anonymous, each page of the settings leads to the log-in page, and says where one goes back to", async () => {
  for (const [typed, address, name] of [
    [ADDRESS, ADDRESS, "Your profile"],
    ["/settings", ADDRESS, "Your profile"],
    ["/settings/security", "/settings/security", "Security"],
    ["/settings/data", "/settings/data", "Your data"],
  ] as const) {
    setStage();
    const app = openApp(typed);
    expect(await screen.findByText(`Then we’ll take you back to “${name}”`)).toBeVisible();
    await fillInLogIn(app, ada.email, PASSWORD);
    expect(await screen.findByRole("heading", { level: 1, name })).toBeVisible();
    expect(app.address()).toBe(address);
    await logOut(app);
    await expectLoggedOut();
    cleanup();
  }
});

test("one page of the settings leads to the others, and says which one it is", async () => {
  setStage();
  const app = await openLoggedIn(ADDRESS);
  for (const [tab, name] of [
    ["Security", "Security"],
    ["Your data", "Your data"],
    ["Profile", "Your profile"],
  ] as const) {
    const tabs = () => within(screen.getByRole("navigation", { name: "Settings" }));
    await app.user.click(tabs().getByRole("link", { name: tab }));
    await waitFor(() => expect(screen.getByRole("heading", { level: 1, name })).toHaveFocus());
    expect(document.title).toBe(`${name} · Yumroad`);
    const current = tabs()
      .getAllByRole("link")
      .filter((link) => link.getAttribute("aria-current") === "page");
    expect(current.map(({ textContent }) => textContent)).toEqual([tab]);
  }
});

test("a new name is saved, and the header follows at once", async () => {
  const { changes } = keepName();
  const app = await openLoggedIn(ADDRESS);
  const name = await openNameForm(app);
  expect(name).toHaveFocus();
  expect(name).toHaveValue("Ada");
  await app.user.clear(name);
  await app.user.type(name, " Ada King ");
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Your name is saved")).toBeVisible();
  await expectLoggedIn({ ...ada, name: "Ada King" });
  expect(changes.map(({ body }) => body)).toEqual([{ name: "Ada King" }]);
});

test("a name that is not saved warns before it is left; a saved one does not", async () => {
  keepName();
  const app = await openLoggedIn(ADDRESS);
  await app.user.type(await openNameForm(app), " King");
  await app.user.click(screen.getByRole("link", { name: "Security" }));
  await app.user.click(await screen.findByRole("button", { name: "Stay here" }));
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Your name is saved")).toBeVisible();
  await app.user.click(screen.getByRole("link", { name: "Security" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Security" })).toBeVisible();
});

test("a name that can't be one is refused at its field, and one that could not be saved stays", async () => {
  const { changes } = keepName();
  const app = await openLoggedIn(ADDRESS);
  const name = await openNameForm(app);
  await app.user.clear(name);
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(name).toHaveAccessibleDescription("Enter your name");
  expect(changes).toHaveLength(0);
  mock(endpoints.account.change, "no answer");
  await app.user.type(name, "Ada King");
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/The server can’t be reached/)).toBeVisible();
  expect(name).toHaveValue("Ada King");
});

test("the profile leads to one's own store", async () => {
  setStage();
  await openLoggedIn(ADDRESS);
  expect(await screen.findByRole("link", { name: "@ada" })).toHaveAttribute("href", "/@ada");
});

test("a profile that could not be loaded comes with another try", async () => {
  setStage();
  mock(endpoints.account.get, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Your profile could not be loaded")).toBeVisible();
  mock(endpoints.account.get, { status: 200, body: accountOf(ada) });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await openNameForm(app)).toHaveValue("Ada");
});
