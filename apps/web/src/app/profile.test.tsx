import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { expectLoggedIn, header, openLoggedIn } from "../../test/render-app.tsx";
import { accountOf, ada, setStage } from "../../test/stage.ts";

const ADDRESS = "/settings/profile";

/** A server that takes a new name. */
function keepName() {
  const stage = setStage();
  const changes = mock(endpoints.changeProfile, ({ body }) => {
    if (stage.session.user === null) return { refusal: "unauthenticated" };
    stage.session = { ...stage.session, user: { ...stage.session.user, ...body } };
    return { status: 200, body: accountOf(stage.session.user) };
  });
  return { stage, changes };
}

test("the account menu leads to the settings", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard");
  await app.user.click(header().getByRole("button", { name: "Account of Ada" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Settings" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Your profile" })).toHaveFocus();
  expect(app.address()).toBe(ADDRESS);
  expect(document.title).toBe("Your profile · Yumroad");
  expect(screen.getByRole("navigation", { name: "Settings" })).toBeVisible();
});

test("a new name is saved, and the header follows at once", async () => {
  const { changes } = keepName();
  const app = await openLoggedIn(ADDRESS);
  const name = await screen.findByLabelText("Name");
  expect(name).toHaveValue("Ada");
  await app.user.clear(name);
  await app.user.type(name, " Ada King ");
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Your name is saved")).toBeVisible();
  await expectLoggedIn({ ...ada, name: "Ada King" });
  expect(changes.map(({ body }) => body)).toEqual([{ name: "Ada King" }]);
});

test("a profile that could not be loaded comes with another try", async () => {
  setStage();
  mock(endpoints.account, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Your profile could not be loaded")).toBeVisible();
  mock(endpoints.account, { status: 200, body: accountOf(ada) });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getByLabelText("Name")).toHaveValue("Ada"));
});
