import { act, screen, waitFor, within } from "@testing-library/react";
import { endpoints, type LiveSession, type Passkey } from "@yumroad/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mock, recorded } from "../../test/mock.ts";
import { failing, knowPasskeys, usedPasskey } from "../../test/passkeys.ts";
import { type App, call, openLoggedIn } from "../../test/render-app.tsx";
import { ada, bob, CODE, ended, PASSWORD, passkeyOf, sessionOf, setStage } from "../../test/stage.ts";
import { AbortedError, ApiError } from "../platform/lib/call.ts";

const ADDRESS = "/settings/security";
const TITLE = "Confirm it’s you";
const NEW_PASSWORD = "seven yellow herons";
const LATER = "2031-01-01T00:00:00.000Z";

let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  otherTab = new BroadcastChannel("yumroad");
  heard = [];
  otherTab.onmessage = ({ data }) => heard.push(data);
});

afterEach(() => otherTab.close());

/** A server that requires a fresh login until the password was given. */
function setStaleStage() {
  const stage = setStage();
  const state = { isFresh: false };
  const proofs = mock(endpoints.auth.reauthenticate, ({ body }) => {
    if (body.password !== PASSWORD) return { refusal: "invalid_credentials" };
    state.isFresh = true;
    stage.session = { ...sessionOf(ada), expiresAt: LATER };
    return { status: 200, body: stage.session };
  });
  const changes = mock(endpoints.password.change, () =>
    state.isFresh ? { status: 200, body: stage.session as LiveSession } : { refusal: "reauth_required" },
  );
  const begins = mock(endpoints.twoFactor.beginTotp, () =>
    state.isFresh ? { status: 201, body: recorded(endpoints.twoFactor.beginTotp) } : { refusal: "reauth_required" },
  );
  const renewals = mock(endpoints.twoFactor.renewRecoveryCodes, () =>
    state.isFresh
      ? { status: 200, body: recorded(endpoints.twoFactor.renewRecoveryCodes) }
      : { refusal: "reauth_required" },
  );
  return Object.assign(stage, { state, proofs, changes, begins, renewals });
}

async function changePassword(app: App) {
  await app.user.click(await screen.findByRole("button", { name: "Change your password" }));
  await app.user.type(screen.getByLabelText("Current password"), PASSWORD);
  await app.user.type(screen.getByLabelText("New password"), NEW_PASSWORD);
  await app.user.click(screen.getByRole("button", { name: "Change password" }));
}

async function prove(app: App, password: string) {
  const dialog = await screen.findByRole("dialog", { name: TITLE });
  await waitFor(() => expect(within(dialog).getByLabelText("Password")).toHaveFocus());
  await app.user.clear(within(dialog).getByLabelText("Password"));
  await app.user.type(within(dialog).getByLabelText("Password"), password);
  await app.user.keyboard("{Enter}");
}

/** Starts an action that requires a fresh login and no input. */
async function beginSetUp(app: App) {
  await app.user.click(await screen.findByRole("button", { name: "Set up an authenticator app" }));
}

async function expectBegun() {
  expect(await screen.findByText("Scan this with your authenticator app")).toBeVisible();
}

async function expectNoQuestion() {
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
}

test("R69: what is refused for want of a fresh proof asks for the password, and then goes on by itself, once", async () => {
  const { changes, proofs } = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await changePassword(app);
  await prove(app, PASSWORD);
  expect(await screen.findByText(/Your password is changed/)).toBeVisible();
  await expectNoQuestion();
  expect(proofs.map(({ body }) => body)).toEqual([{ password: PASSWORD }]);
  expect(changes.map(({ body }) => body)).toEqual([
    { currentPassword: PASSWORD, password: NEW_PASSWORD },
    { currentPassword: PASSWORD, password: NEW_PASSWORD },
  ]);
});

test("R69: the session goes on with its new end, and the other tabs are told", async () => {
  setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await prove(app, PASSWORD);
  await expectBegun();
  expect(app.queryClient.getQueryData(["session"])).toMatchObject({ user: ada, expiresAt: LATER });
  await waitFor(() => expect(heard).toContainEqual({ type: "renewed" }));
  expect(app.address()).toBe(ADDRESS);
});

test("R69: a wrong password stays in the dialog, and is not the end of the session", async () => {
  const { proofs } = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await prove(app, "nine purple walrusses");
  const dialog = screen.getByRole("dialog", { name: TITLE });
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("That password is incorrect");
  expect(within(dialog).getByLabelText("Password")).toHaveAccessibleDescription("That password is incorrect");
  expect(app.address()).toBe(ADDRESS);
  await app.user.clear(within(dialog).getByLabelText("Password"));
  await app.user.type(within(dialog).getByLabelText("Password"), `${PASSWORD}{Enter}`);
  await expectBegun();
  expect(proofs).toHaveLength(2);
});

test("R69: too many tries say when the next one is", async () => {
  setStaleStage();
  mock(endpoints.auth.reauthenticate, { refusal: "rate_limited", retryAfter: 90 });
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await prove(app, PASSWORD);
  expect(await screen.findByText("Too many attempts. Try again in 2 minutes.")).toBeVisible();
});

test.each(["Cancel", "{Escape}"])("R69: %s leaves the form as it was, with what was typed", async (way) => {
  const { changes, proofs } = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await changePassword(app);
  const dialog = within(await screen.findByRole("dialog", { name: TITLE }));
  if (way === "Cancel") await app.user.click(dialog.getByRole("button", { name: way }));
  else await app.user.keyboard(way);
  await expectNoQuestion();
  expect(screen.getByLabelText("Current password")).toHaveValue(PASSWORD);
  expect(screen.getByLabelText("New password")).toHaveValue(NEW_PASSWORD);
  await waitFor(() => expect(screen.getByRole("button", { name: "Change password" })).toHaveFocus());
  expect(screen.queryByText(/went wrong|Confirm first/)).not.toBeInTheDocument();
  expect([changes.length, proofs.length]).toEqual([1, 0]);
  // The form can be submitted again.
  await app.user.click(screen.getByRole("button", { name: "Change password" }));
  await prove(app, PASSWORD);
  expect(await screen.findByText(/Your password is changed/)).toBeVisible();
});

test("R69: several that are refused at once ask once, and all go on", async () => {
  const { proofs, begins, renewals } = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await screen.findByRole("dialog", { name: TITLE });
  const other = call(endpoints.twoFactor.renewRecoveryCodes);
  await waitFor(() => expect(renewals).toHaveLength(1));
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  await prove(app, PASSWORD);
  expect(await other).toEqual(recorded(endpoints.twoFactor.renewRecoveryCodes));
  await waitFor(() => expect(begins).toHaveLength(2));
  expect([proofs.length, renewals.length]).toEqual([1, 2]);
});

test("R69: one that was sent before the proof and refused after it does not ask again", async () => {
  const { proofs, state, renewals } = setStaleStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = mock(endpoints.twoFactor.removeTotp, async () => {
    const wasFresh = state.isFresh;
    await promise;
    return wasFresh ? { status: 204, body: null } : { refusal: "reauth_required" };
  });
  const app = await openLoggedIn(ADDRESS);
  await screen.findByRole("button", { name: "Set up an authenticator app" });
  const removal = call(endpoints.twoFactor.removeTotp);
  await waitFor(() => expect(slow).toHaveLength(1));
  const renewal = call(endpoints.twoFactor.renewRecoveryCodes);
  await prove(app, PASSWORD);
  await renewal;
  await expectNoQuestion();
  await act(async () => {
    resolve();
    await removal;
  });
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect([proofs.length, slow.length, renewals.length]).toEqual([1, 2, 2]);
});

test("R69: refused once more after the proof, it is refused, and asks no more", async () => {
  setStaleStage();
  const refused = mock(endpoints.twoFactor.renewRecoveryCodes, { refusal: "reauth_required" });
  const app = await openLoggedIn(ADDRESS);
  await screen.findByRole("button", { name: "Set up an authenticator app" });
  const renewal = call(endpoints.twoFactor.renewRecoveryCodes).catch((error: unknown) => error);
  await prove(app, PASSWORD);
  expect(await renewal).toMatchObject({ name: "ApiError", code: "reauth_required" });
  await expectNoQuestion();
  expect(refused).toHaveLength(2);
});

test("R69: whoever leaves the page while they are asked does not want it done any more", async () => {
  const { begins } = setStaleStage();
  const app = await openLoggedIn("/settings/profile");
  await app.user.click(screen.getByRole("link", { name: "Security" }));
  await beginSetUp(app);
  await screen.findByRole("dialog", { name: TITLE });
  await app.goBack();
  await expectNoQuestion();
  expect(app.address()).toBe("/settings/profile");
  expect(begins).toHaveLength(1);
});

test("R69: the end of the session takes the question away", async () => {
  const stage = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  stage.session = ended;
  mock(endpoints.auth.reauthenticate, { refusal: "unauthenticated" });
  await prove(app, PASSWORD);
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  await expectNoQuestion();
  expect(app.address()).toBe("/login?next=%2Fsettings%2Fsecurity");
  expect(stage.begins).toHaveLength(1);
});

test("R35, R69: what one person was asked about is not done by the next", async () => {
  const stage = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await screen.findByRole("button", { name: "Set up an authenticator app" });
  const asked = call(endpoints.twoFactor.renewRecoveryCodes).catch((error: unknown) => error);
  await screen.findByRole("dialog", { name: TITLE });
  stage.session = sessionOf(bob);
  stage.state.isFresh = true;
  otherTab.postMessage({ type: "logged-in" });
  await waitFor(() => expect(app.queryClient.getQueryData(["session"])).toMatchObject({ user: bob }));
  expect(await asked).toBeInstanceOf(AbortedError);
  await expectNoQuestion();
  expect(stage.renewals).toHaveLength(1);
});

test("R69: without a page to ask on, a refusal is a refusal", async () => {
  setStaleStage();
  await expect(call(endpoints.twoFactor.renewRecoveryCodes)).rejects.toBeInstanceOf(ApiError);
});

// A fresh login rotates the session's id, and requests under the former id are answered as anonymous.
test("R34, R69: what was looked at under the former id is asked again, and is not the end of the session", async () => {
  const stage = setStaleStage();
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  const dialog = await screen.findByRole("dialog", { name: TITLE });
  const answers: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => answers.push(resolve));
  const probes = mock(endpoints.sessions.current, async () => {
    if (probes.length === 1) {
      await hold();
      return { status: 200, body: ended };
    }
    return { status: 200, body: stage.session };
  });
  const lists = mock(endpoints.activity.list, async () => {
    if (lists.length === 1) {
      await hold();
      return { refusal: "unauthenticated" };
    }
    return { status: 200, body: { items: [], nextCursor: null } };
  });
  mock(endpoints.auth.reauthenticate, async () => {
    for (const answer of answers) answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    stage.state.isFresh = true;
    stage.session = { ...sessionOf(ada), expiresAt: LATER };
    return { status: 200, body: stage.session };
  });
  // The browser's passkey dialog takes the focus and returns it at this moment.
  window.dispatchEvent(new Event("focus"));
  const listed = call(endpoints.activity.list);
  await waitFor(() => expect(answers).toHaveLength(2));
  await app.user.type(within(dialog).getByLabelText("Password"), `${PASSWORD}{Enter}`);
  await expectBegun();
  expect(await listed).toEqual({ items: [], nextCursor: null });
  await waitFor(() => expect(probes.length).toBeGreaterThan(1));
  expect(app.address()).toBe(ADDRESS);
  expect(app.queryClient.getQueryData(["session"])).toMatchObject({ user: ada });
});

function setPasskeyStage(items: Passkey[]) {
  const stage = setStaleStage();
  stage.passkeys = items;
  mock(endpoints.passkeys.loginOptions, { status: 200, body: recorded(endpoints.passkeys.loginOptions) });
  const passkeyProofs = mock(endpoints.passkeys.reauthenticate, () => {
    stage.state.isFresh = true;
    stage.session = { ...sessionOf(ada), expiresAt: LATER };
    return { status: 200, body: stage.session };
  });
  return Object.assign(stage, { passkeyProofs });
}

test("R69, R72: a passkey does instead of the password", async () => {
  const { passkeyProofs, proofs } = setPasskeyStage([passkeyOf("Phone")]);
  const asked = knowPasskeys(() => Promise.resolve(usedPasskey));
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await app.user.click(await screen.findByRole("button", { name: "Use a passkey" }));
  await expectBegun();
  await expectNoQuestion();
  expect(asked).toHaveLength(1);
  expect(passkeyProofs[0]?.body.passkey).toMatchObject({ id: "cGFzc2tleQ", response: { signature: "c2lnbmF0dXJl" } });
  expect(proofs).toHaveLength(0);
});

test("R69, R72: a passkey that is not given, or not accepted, says so in the dialog", async () => {
  const { begins } = setPasskeyStage([passkeyOf("Phone")]);
  knowPasskeys(failing("NotAllowedError"), () => Promise.resolve(usedPasskey));
  mock(endpoints.passkeys.reauthenticate, { refusal: "invalid_passkey" });
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await app.user.click(await screen.findByRole("button", { name: "Use a passkey" }));
  const dialog = screen.getByRole("dialog", { name: TITLE });
  expect(await within(dialog).findByText(/The browser’s question was closed, or took too long/)).toBeVisible();
  await app.user.click(within(dialog).getByRole("button", { name: "Use a passkey" }));
  expect(await within(dialog).findByText(/That passkey didn’t work/)).toBeVisible();
  expect(app.address()).toBe(ADDRESS);
  expect(begins).toHaveLength(1);
});

test("R69, R72: who has no passkey, or a browser without them, is not offered one", async () => {
  setPasskeyStage([]);
  knowPasskeys(() => Promise.resolve(usedPasskey));
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await screen.findByRole("dialog", { name: TITLE });
  await waitFor(() => expect(app.queryClient.getQueryData(["account", "passkeys"])).toEqual({ items: [] }));
  expect(screen.queryByRole("button", { name: "Use a passkey" })).not.toBeInTheDocument();
});

test("R69, R72: where there is a passkey, it is offered first", async () => {
  setPasskeyStage([passkeyOf("Phone")]);
  knowPasskeys(() => Promise.resolve(usedPasskey));
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  const dialog = within(await screen.findByRole("dialog", { name: TITLE }));
  await dialog.findByRole("button", { name: "Use a passkey" });
  const names = dialog.getAllByRole("button").map(({ textContent }) => textContent);
  expect(names).toEqual(["Show password", "Use a passkey", "Confirm", "Cancel"]);
});

/** A user with an authenticator app whose login is too old. */
function setAppStage() {
  const stage = setStaleStage();
  stage.factors = { totpSince: "2026-01-02T03:04:05.000Z", recoveryCodesLeft: 10 };
  const proofs = mock(endpoints.auth.reauthenticate, ({ body }) => {
    if (body.code === undefined) return { refusal: "invalid_input", variant: "the code is missing" };
    if (body.password !== PASSWORD) return { refusal: "invalid_credentials" };
    if (body.code !== CODE) return { refusal: "invalid_code" };
    stage.state.isFresh = true;
    stage.session = { ...sessionOf(ada), expiresAt: LATER };
    return { status: 200, body: stage.session };
  });
  return Object.assign(stage, { proofs });
}

test("R69: where an authenticator app is set up, its code is asked for beside the password", async () => {
  const { proofs } = setAppStage();
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Create new codes" }));
  const dialog = within(await screen.findByRole("dialog", { name: TITLE }));
  await waitFor(() => expect(dialog.getByLabelText("Password")).toHaveFocus());
  await app.user.type(dialog.getByLabelText("Password"), PASSWORD);
  await app.user.type(dialog.getByLabelText("6-digit code"), `${CODE}{Enter}`);
  expect(
    await screen.findByText(recorded(endpoints.twoFactor.renewRecoveryCodes).recoveryCodes[0] ?? ""),
  ).toBeVisible();
  await expectNoQuestion();
  expect(proofs.map(({ body }) => body)).toEqual([{ password: PASSWORD, code: CODE }]);
});

test("R69: a code that is missing or wrong is told of at its field, and what was typed stays", async () => {
  const { proofs } = setAppStage();
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Create new codes" }));
  await screen.findByLabelText("6-digit code");
  await prove(app, PASSWORD);
  const code = screen.getByLabelText("6-digit code");
  expect(code).toHaveAccessibleDescription(/Enter the code/);
  expect(proofs).toHaveLength(0);
  await app.user.type(code, "000000{Enter}");
  await waitFor(() => expect(code).toHaveAccessibleDescription(/That code is incorrect/));
  expect(screen.getByLabelText("Password")).toHaveValue(PASSWORD);
  await app.user.clear(code);
  await app.user.type(code, `${CODE}{Enter}`);
  await expectNoQuestion();
  expect(proofs).toHaveLength(2);
});

test("R69: where the page knows of no app, and the server asks for its code, the field appears", async () => {
  const stage = setAppStage();
  stage.factors = { totpSince: null, recoveryCodesLeft: 0 };
  const app = await openLoggedIn(ADDRESS);
  await beginSetUp(app);
  await prove(app, PASSWORD);
  const code = await screen.findByLabelText("6-digit code");
  expect(code).toHaveAccessibleDescription(/Enter the 6-digit code or a recovery code/);
  await app.user.type(code, `${CODE}{Enter}`);
  await expectBegun();
  expect(stage.proofs.map(({ body }) => body.code)).toEqual([undefined, CODE]);
});
