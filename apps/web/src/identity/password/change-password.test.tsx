import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openSecurity } from "../../../test/open-security.ts";
import type { App } from "../../../test/render-app.tsx";
import { ada, PASSWORD, sessionOf, sessionOn, setStage } from "../../../test/stage.ts";

const NEW = "seven yellow herons";
const LATER = "2031-01-01T00:00:00.000Z";

function setPasswordStage() {
  const stage = setStage();
  stage.sessions.push(sessionOn("Safari on iPhone"));
  const changes = mock(endpoints.password.change, ({ body }) => {
    if (body.currentPassword !== PASSWORD) return { refusal: "invalid_credentials" };
    stage.sessions = stage.sessions.filter(({ isCurrent }) => isCurrent);
    stage.session = { ...sessionOf(ada), expiresAt: LATER };
    return { status: 200, body: stage.session };
  });
  return Object.assign(stage, { changes });
}

/** The app on the security settings, with the form open. */
async function openForm(): Promise<App> {
  const app = await openSecurity();
  await app.user.click(screen.getByRole("button", { name: "Change your password" }));
  return app;
}

async function change(app: App, current: string, password: string) {
  await app.user.type(await screen.findByLabelText("Current password"), current);
  await app.user.type(screen.getByLabelText("New password"), password);
  await app.user.click(screen.getByRole("button", { name: "Change password" }));
}

test("R53: a new password needs the current one, and ends the other sessions", async () => {
  const { changes } = setPasswordStage();
  const app = await openForm();
  expect(await screen.findByText("Safari on iPhone")).toBeVisible();
  await change(app, PASSWORD, NEW);
  expect(await screen.findByText("Your password is changed, and your other devices are logged out")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("Safari on iPhone")).not.toBeInTheDocument());
  expect(changes.map(({ body }) => body)).toEqual([{ currentPassword: PASSWORD, password: NEW }]);
  // The form is closed, and the session here continues.
  expect(screen.queryByLabelText("Current password")).not.toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("button", { name: "Change your password" })).toHaveFocus());
  expect(app.queryClient.getQueryData(["session"])).toMatchObject({ user: ada, expiresAt: LATER });
  expect(app.address()).toBe("/settings/security");
});

test("the form is closed until it is wanted, and hands on the focus", async () => {
  const { changes } = setPasswordStage();
  const app = await openSecurity();
  expect(screen.queryByLabelText("Current password")).not.toBeInTheDocument();
  await app.user.click(screen.getByRole("button", { name: "Change your password" }));
  expect(screen.getByLabelText("Current password")).toHaveFocus();
  await app.user.keyboard("half a pass");
  await app.user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.getByRole("button", { name: "Change your password" })).toHaveFocus();
  await app.user.keyboard("{Enter}");
  expect(screen.getByLabelText("Current password")).toHaveValue("");
  expect(changes).toHaveLength(0);
});

test("R53: a wrong current password is refused at its field, and is not the end of the session", async () => {
  setPasswordStage();
  const app = await openForm();
  await change(app, "nine purple walrusses", NEW);
  await waitFor(() =>
    expect(screen.getByLabelText("Current password")).toHaveAccessibleDescription("That’s not your current password"),
  );
  expect(screen.getByLabelText("New password")).toHaveValue(NEW);
  expect(app.address()).toBe("/settings/security");
});

test("a password that the server finds too common is refused at its field", async () => {
  setPasswordStage();
  mock(endpoints.password.change, { refusal: "invalid_input", variant: "a common password" });
  const app = await openForm();
  await change(app, PASSWORD, "password1");
  await waitFor(() =>
    expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/This password is too common/),
  );
});

test("faults are told at their fields, and nothing is sent", async () => {
  const { changes } = setPasswordStage();
  const app = await openForm();
  await app.user.type(await screen.findByLabelText("New password"), "short");
  await app.user.click(screen.getByRole("button", { name: "Change password" }));
  expect(screen.getByLabelText("Current password")).toHaveAccessibleDescription("Enter your current password");
  expect(screen.getByLabelText("New password")).toHaveAccessibleDescription(/at least 8 characters/);
  expect(changes).toHaveLength(0);
});

test("R50: both fields are for password managers, and can be shown", async () => {
  setPasswordStage();
  const app = await openForm();
  const form = within(await screen.findByRole("form", { name: "Change your password" }));
  expect(form.getByLabelText("Current password")).toHaveAttribute("autocomplete", "current-password");
  expect(form.getByLabelText("New password")).toHaveAttribute("autocomplete", "new-password");
  await app.user.click(form.getByRole("button", { name: "Show new password" }));
  expect(form.getByLabelText("New password")).toHaveAttribute("type", "text");
  expect(form.getByLabelText("Current password")).toHaveAttribute("type", "password");
});

test("how good the new one is, is said while it is typed", async () => {
  setPasswordStage();
  const app = await openForm();
  await app.user.type(await screen.findByLabelText("New password"), NEW);
  expect(await screen.findByText("Very good")).toBeVisible();
});
