import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openSecurity } from "../../../test/open-security.ts";
import { openLoggedIn } from "../../../test/render-app.tsx";
import { sessionOn, setStage } from "../../../test/stage.ts";

/** A server with a session on each of three devices, which can be ended. */
function setSessionStage() {
  const stage = setStage();
  const hourAgo = new Date(Date.now() - 3_700_000).toISOString();
  stage.sessions.push(sessionOn("Safari on iPhone", { lastUsedAt: hourAgo }), sessionOn("Edge on Windows"));
  const ends = mock(endpoints.sessions.end, ({ params }) => {
    stage.sessions = stage.sessions.filter(({ handle }) => handle !== params.handle);
    return { status: 204, body: null };
  });
  const endsOfOthers = mock(endpoints.sessions.endOthers, () => {
    stage.sessions = stage.sessions.filter(({ isCurrent }) => isCurrent);
    return { status: 204, body: null };
  });
  return Object.assign(stage, { ends, endsOfOthers });
}

async function devices() {
  const list = await screen.findByRole("list", { name: "Devices" });
  return within(list)
    .getAllByRole("listitem")
    .map((item) => item.querySelector("p")?.textContent);
}

test("R67: each session has its device in words, first and last use, and which one this is", async () => {
  setSessionStage();
  await openSecurity();
  expect(await devices()).toEqual(["Firefox on LinuxThis device", "Safari on iPhone", "Edge on Windows"]);
  const phone = within(screen.getByText("Safari on iPhone").closest("li") as HTMLElement);
  expect(phone.getByText("1 hour ago")).toHaveAttribute("datetime");
  expect(phone.getByText(/from 203\.0\.113\.x/)).toBeVisible();
  expect(phone.getByText(/^Logged in since/)).toHaveTextContent(/2026/);
});

test("R68: one of them is ended at once, and the list follows", async () => {
  const { ends } = setSessionStage();
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Log out Safari on iPhone" }));
  await waitFor(() => expect(screen.queryByText("Safari on iPhone")).not.toBeInTheDocument());
  expect(await devices()).toEqual(["Firefox on LinuxThis device", "Edge on Windows"]);
  expect(ends.map(({ params }) => params.handle)).toEqual(["SafarioniPhone00000000"]);
  expect(await screen.findByText("Safari on iPhone is logged out")).toBeVisible();
  // The button disappears with the ended session.
  await waitFor(() => expect(screen.getByRole("heading", { name: "Devices" })).toHaveFocus());
});

test("R68: this one has no button: that is what logging out is for", async () => {
  setSessionStage();
  await openSecurity();
  await devices();
  expect(screen.queryByRole("button", { name: "Log out Firefox on Linux" })).not.toBeInTheDocument();
});

test("R68: all others are ended once that was confirmed, and not before", async () => {
  const { endsOfOthers } = setSessionStage();
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Log out all other devices…" }));
  await app.user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(endsOfOthers).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Log out all other devices…" }));
  await app.user.click(await screen.findByRole("button", { name: "Log out all other devices" }));
  await waitFor(async () => expect(await devices()).toEqual(["Firefox on LinuxThis device"]));
  expect(await screen.findByText("All your other devices are logged out")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Log out all other devices…" })).not.toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Devices" })).toHaveFocus());
});

test("R68: one that is over already is gone from the list, which is what was wanted", async () => {
  const stage = setSessionStage();
  mock(endpoints.sessions.end, ({ params }) => {
    stage.sessions = stage.sessions.filter(({ handle }) => handle !== params.handle);
    return { refusal: "not_found" };
  });
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Log out Safari on iPhone" }));
  await waitFor(() => expect(screen.queryByText("Safari on iPhone")).not.toBeInTheDocument());
  expect(screen.queryByText(/couldn’t log it out/)).not.toBeInTheDocument();
});

test("what could not be ended says so, and is still there", async () => {
  setSessionStage();
  mock(endpoints.sessions.end, { refusal: "session_store_unavailable", retryAfter: 5 });
  mock(endpoints.sessions.endOthers, "no answer");
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Log out Safari on iPhone" }));
  expect(await screen.findByText(/We couldn’t log it out\. We can’t verify log-ins/)).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Log out all other devices…" }));
  await app.user.click(await screen.findByRole("button", { name: "Log out all other devices" }));
  expect(await screen.findByText(/We couldn’t log them out\. The server can’t be reached/)).toBeVisible();
  expect(await devices()).toHaveLength(3);
});

test("a list that could not be loaded comes with another try, and the rest of the page is there", async () => {
  const stage = setSessionStage();
  mock(endpoints.sessions.list, { refusal: "session_store_unavailable" });
  const app = await openSecurity();
  expect(await screen.findByText("Your devices could not be loaded")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Change your password" }));
  await app.user.type(screen.getByLabelText("Current password"), "nine");
  mock(endpoints.sessions.list, () => ({ status: 200, body: { items: stage.sessions } }));
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await devices()).toHaveLength(3);
  expect(screen.getByLabelText("Current password")).toHaveValue("nine");
});

test("one that does not come in time is not waited for by the rest of the page", async () => {
  const stage = setSessionStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.sessions.list, async () => {
    await promise;
    return { status: 200, body: { items: stage.sessions } };
  });
  await openLoggedIn("/settings/security");
  expect(screen.queryByRole("button", { name: "Change your password" })).not.toBeInTheDocument();
  expect(await screen.findByRole("button", { name: "Change your password" })).toBeVisible();
  expect(await screen.findByText("Loading your devices")).toBeInTheDocument();
  resolve();
  await waitFor(() => expect(screen.queryByText("Loading your devices")).not.toBeInTheDocument());
});
