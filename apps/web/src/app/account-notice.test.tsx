import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test, vi } from "vitest";
import { mock } from "../../test/mock.ts";
import { type App, expectLoggedIn, expectLoggedOut, openApp, openLoggedIn, stopApps } from "../../test/render-app.tsx";
import { accountOf, ada, bob, sessionOf, setStage } from "../../test/stage.ts";

async function banner() {
  return within(await screen.findByRole("region", { name: "About your account" }));
}

function expectNoBanner() {
  expect(screen.queryByRole("region", { name: "About your account" })).not.toBeInTheDocument();
}

function setUnverifiedStage() {
  const stage = setStage(sessionOf(ada));
  stage.account = { isEmailVerified: false };
  return stage;
}

/** Expects that the account has been loaded from the server. */
async function expectKnown(app: App) {
  await waitFor(() => expect(app.queryClient.getQueryData(["account", "self"])).toBeDefined());
}

test("an address that is not confirmed is said so on every page, and the mail is sent again on request", async () => {
  setUnverifiedStage();
  const resent = mock(endpoints.email.resendVerification, { status: 202, body: null });
  const app = openApp("/products");
  expect((await banner()).getByText(/^Confirm your email: we sent a link to ada@example.com/)).toBeVisible();
  await app.user.click((await banner()).getByRole("button", { name: "Resend email" }));
  expect(
    await (await banner()).findByText(/^Check the inbox and spam folder of ada@example.com. We send at most one/),
  ).toHaveRole("status");
  expect(resent).toHaveLength(1);
  await app.goTo("/dashboard");
  expect((await banner()).getByRole("button", { name: "Later" })).toBeVisible();
});

test("put off, it stays away in this tab, also after a reload; the focus is not lost", async () => {
  const stage = setUnverifiedStage();
  let app = openApp("/products");
  await app.user.click((await banner()).getByRole("button", { name: "Later" }));
  expectNoBanner();
  expect(screen.getByRole("main")).toHaveFocus();
  app = app.reload();
  await expectLoggedIn(ada);
  await expectKnown(app);
  expectNoBanner();

  // Ada dismissed the notice, not Bob.
  stage.session = sessionOf(bob);
  app.reload();
  expect((await banner()).getByText(/bob@example.com/)).toBeVisible();
});

test("a mail that could not be sent is said so", async () => {
  setUnverifiedStage();
  mock(endpoints.email.resendVerification, "no answer");
  const app = openApp("/products");
  await app.user.click((await banner()).getByRole("button", { name: "Resend email" }));
  expect(await (await banner()).findByText(/^We couldn’t send the email\. The server can’t be reached/)).toHaveRole(
    "alert",
  );
});

test("the profile, which says the same, does not say it twice", async () => {
  setUnverifiedStage();
  const app = openApp("/settings/profile");
  expect(await screen.findByRole("button", { name: "Resend email" })).toBeVisible();
  expectNoBanner();
  await app.goTo("/dashboard");
  await banner();
});

test("a shop that can’t send mail asks nobody to confirm an address", async () => {
  const stage = setUnverifiedStage();
  stage.site = { ...stage.site, canSendMail: false };
  const app = openApp("/products");
  await expectKnown(app);
  await waitFor(expectNoBanner);
});

test("R64: confirmed in another tab, it is gone when one comes back", async () => {
  const stage = setUnverifiedStage();
  openApp("/products");
  await banner();
  stage.account = { isEmailVerified: true };
  // The account is refetched only after half a minute.
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31_000);
  window.dispatchEvent(new Event("visibilitychange"));
  await waitFor(expectNoBanner);
});

test("R65: an account that is about to be deleted says when, and is kept with one press", async () => {
  const stage = setStage(sessionOf(ada));
  stage.account = { deletionAt: "2026-12-02T15:04:00.000Z", isEmailVerified: false };
  const undone = mock(endpoints.privacy.undoDeletion, () => {
    stage.account = {};
    return { status: 200, body: accountOf(ada) };
  });
  const app = openApp("/products");
  expect((await banner()).getByText(/Dec 2, 2026/).closest("p")).toHaveTextContent(
    /^Your account will be deleted on Dec/,
  );
  expect((await banner()).queryByRole("button", { name: "Later" })).not.toBeInTheDocument();
  await app.user.click((await banner()).getByRole("button", { name: "Keep my account" }));
  expect(await screen.findByText("Your account stays")).toBeVisible();
  await waitFor(expectNoBanner);
  expect(screen.getByRole("main")).toHaveFocus();
  expect(undone).toHaveLength(1);
});

test("R65: keeping it that did not work is said so", async () => {
  const stage = setStage(sessionOf(ada));
  stage.account = { deletionAt: "2026-12-02T15:04:00.000Z" };
  mock(endpoints.privacy.undoDeletion, { refusal: "database_unavailable" });
  const app = openApp("/products");
  await app.user.click((await banner()).getByRole("button", { name: "Keep my account" }));
  expect(await (await banner()).findByText(/^We couldn’t cancel the deletion/)).toHaveRole("alert");
});

test("nothing is asked for who is not logged in; and nothing said while it is not known", async () => {
  setStage();
  const asked = mock(endpoints.account.get, { refusal: "database_unavailable" });
  openApp("/products");
  await expectLoggedOut();
  expect(asked).toHaveLength(0);
  stopApps();
  cleanup();
  await openLoggedIn("/products");
  // The query is retried once.
  await waitFor(() => expect(asked).toHaveLength(2));
  expectNoBanner();
});
