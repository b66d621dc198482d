import { act, screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { afterEach, expect, test, vi } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { failing, knowPasskeys, offerPasskeys, usedPasskey } from "../../../test/passkeys.ts";
import { expectLoggedIn, fillInLogIn, openApp } from "../../../test/render-app.tsx";
import { ada, PASSWORD, pending, sessionOf, setStage } from "../../../test/stage.ts";

const TRIED = "/products/new?from=mail#price";
const LOG_IN = `/login?${new URLSearchParams({ next: TRIED })}`;

afterEach(() => {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: "visible" });
});

/** A challenge of the server's length that contains its number. */
function challengeOf(number: number): string {
  return btoa(`challenge ${number}`.padEnd(54));
}

/** A server that knows Ada's passkey. */
function setPasskeyStage() {
  const stage = setStage();
  let challenges = 0;
  const options = mock(endpoints.passkeys.loginOptions, () => {
    challenges += 1;
    return { status: 200, body: { ...recorded(endpoints.passkeys.loginOptions), challenge: challengeOf(challenges) } };
  });
  const logins = mock(endpoints.passkeys.login, () => {
    const begun = sessionOf(ada);
    stage.session = begun;
    return { status: 200, body: begun };
  });
  return Object.assign(stage, { options, passkeyLogins: logins });
}

async function button() {
  return screen.findByRole("button", { name: "Log in with a passkey" });
}

test("R24, R72: a passkey logs in without a password, back to the page first tried", async () => {
  const stage = setPasskeyStage();
  const asked = knowPasskeys(() => Promise.resolve(usedPasskey));
  const app = openApp(TRIED);
  await app.user.click(await button());
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  await expectLoggedIn(ada);
  expect(app.address()).toBe(TRIED);
  expect(asked).toHaveLength(1);
  expect(stage.passkeyLogins.map(({ body }) => body)).toEqual([
    {
      passkey: expect.objectContaining({
        id: usedPasskey.id,
        response: expect.objectContaining({ signature: "c2lnbmF0dXJl" }),
      }),
      remember: false,
    },
  ]);
  expect(stage.logins).toHaveLength(0);
});

test("R72: “Remember me” counts for a passkey as well", async () => {
  const stage = setPasskeyStage();
  knowPasskeys(() => Promise.resolve(usedPasskey));
  const app = openApp("/login");
  await app.user.click(await screen.findByLabelText("Remember me"));
  await app.user.click(await button());
  await expectLoggedIn(ada);
  expect(stage.passkeyLogins[0]?.body.remember).toBe(true);
});

test.each([
  { name: "NotAllowedError", words: /The browser’s question was closed, or took too long/ },
  { name: "SecurityError", words: /Passkeys can’t be used here/ },
  { name: "NotSupportedError", words: /Passkeys can’t be used here/ },
  { name: "UnknownError", words: /Your passkey couldn’t be used/ },
])(
  "R72: a passkey that fails with $name is said so in plain words, and the password works",
  async ({ name, words }) => {
    const stage = setPasskeyStage();
    knowPasskeys(failing(name));
    const app = openApp(LOG_IN);
    await app.user.click(await button());
    expect(await screen.findByText(words)).toHaveRole("alert");
    expect(screen.getByText(words)).toHaveTextContent(/^Your passkey didn’t log you in\. /);
    expect(await button()).toHaveFocus();
    await fillInLogIn(app, ada.email, PASSWORD);
    await expectLoggedIn(ada);
    expect(app.address()).toBe(TRIED);
    expect(stage.passkeyLogins).toHaveLength(0);
  },
);

test.each([
  {
    endpoint: endpoints.passkeys.login,
    reply: { refusal: "invalid_passkey" } as const,
    words: /That passkey didn’t work/,
  },
  {
    endpoint: endpoints.passkeys.login,
    reply: { refusal: "rate_limited", retryAfter: 60 } as const,
    words: /Try again in 1 minute/,
  },
  { endpoint: endpoints.passkeys.loginOptions, reply: "no answer" as const, words: /The server can’t be reached/ },
])("R72: what the server has to say against it is said: $reply", async ({ endpoint, reply, words }) => {
  setPasskeyStage();
  knowPasskeys(() => Promise.resolve(usedPasskey));
  mock(endpoint, reply);
  const app = openApp("/login");
  await app.user.click(await button());
  expect(await screen.findByText(words)).toHaveRole("alert");
  expect(app.address()).toBe("/login");
});

test("R72: a browser without passkeys is not offered any", async () => {
  const stage = setPasskeyStage();
  openApp("/login");
  expect(await screen.findByLabelText("Email")).toHaveAttribute("autocomplete", "email");
  expect(screen.queryByRole("button", { name: /passkey/ })).not.toBeInTheDocument();
  expect(stage.options).toHaveLength(0);
});

test("R72: one that does not fill them in is not asked to", async () => {
  const stage = setPasskeyStage();
  const asked = knowPasskeys();
  openApp("/login");
  await button();
  await settled();
  expect(asked).toHaveLength(0);
  expect(stage.options).toHaveLength(0);
});

/** Waits long enough for pending requests to be sent. */
async function settled() {
  await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
}

test("R24, R72: one chosen from what the browser fills in logs in at once, back to the page first tried", async () => {
  const stage = setPasskeyStage();
  const { offers } = offerPasskeys();
  const app = openApp(TRIED);
  expect(await screen.findByLabelText("Email")).toHaveAttribute("autocomplete", "email webauthn");
  await app.user.click(screen.getByLabelText("Remember me"));
  await waitFor(() => expect(offers).toHaveLength(1));
  offers[0]?.choose();
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  await expectLoggedIn(ada);
  expect(app.address()).toBe(TRIED);
  expect(stage.passkeyLogins.map(({ body }) => body.remember)).toEqual([true]);
  await settled();
  expect(offers).toHaveLength(1);
});

test("R72: the button takes the place of the offer; when it comes to nothing the offer is there again", async () => {
  const stage = setPasskeyStage();
  const closed = Promise.withResolvers<never>();
  const { offers } = offerPasskeys(() => closed.promise);
  const app = openApp("/login");
  await waitFor(() => expect(offers).toHaveLength(1));
  await app.user.click(await button());
  await waitFor(() => expect(offers[0]?.signal.aborted).toBe(true));
  await settled();
  expect(offers).toHaveLength(1);
  closed.reject(Object.assign(new Error("closed"), { name: "NotAllowedError" }));
  expect(await screen.findByText(/The browser’s question was closed/)).toBeVisible();
  await waitFor(() => expect(offers).toHaveLength(2));
  offers[1]?.choose();
  await expectLoggedIn(ada);
  expect(stage.passkeyLogins).toHaveLength(1);
});

test("R72: one chosen there that is not accepted is said so, and offered again", async () => {
  setPasskeyStage();
  mock(endpoints.passkeys.login, { refusal: "invalid_passkey" });
  const { offers } = offerPasskeys();
  openApp("/login");
  await waitFor(() => expect(offers).toHaveLength(1));
  offers[0]?.choose();
  expect(await screen.findByText(/That passkey didn’t work/)).toHaveRole("alert");
  await waitFor(() => expect(offers).toHaveLength(2));
});

test("R72: an offer that can’t be made is nobody’s trouble: not a word, and the password works", async () => {
  setPasskeyStage();
  mock(endpoints.passkeys.loginOptions, { refusal: "rate_limited", retryAfter: 60 });
  const { offers } = offerPasskeys();
  const app = openApp("/login");
  await button();
  await settled();
  expect(screen.queryByRole("alert", { name: /./ })).not.toBeInTheDocument();
  expect(screen.queryByText(/passkey did not/)).not.toBeInTheDocument();
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  expect(offers).toHaveLength(0);
});

test("R72: the offer is withdrawn when the page is left, and at the second step of a log-in", async () => {
  const stage = setPasskeyStage();
  const { offers } = offerPasskeys();
  const app = openApp("/login");
  await waitFor(() => expect(offers).toHaveLength(1));
  await app.goTo("/signup");
  await waitFor(() => expect(offers[0]?.signal.aborted).toBe(true));
  await app.goTo("/login");
  await waitFor(() => expect(offers).toHaveLength(2));
  stage.session = pending;
  window.dispatchEvent(new Event("focus"));
  await screen.findByLabelText("6-digit code");
  await waitFor(() => expect(offers[1]?.signal.aborted).toBe(true));
});

test("R72: an offer is renewed before its challenge is too old, once somebody looks", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ["setTimeout", "clearTimeout"] });
  setPasskeyStage();
  const { offers } = offerPasskeys();
  openApp("/login");
  await waitFor(() => expect(offers).toHaveLength(1));
  await act(() => vi.advanceTimersByTimeAsync(239_000));
  expect(offers).toHaveLength(1);
  Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
  await act(() => vi.advanceTimersByTimeAsync(3_600_000));
  expect(offers[0]?.signal.aborted).toBe(true);
  expect(offers).toHaveLength(1);
  Object.defineProperty(document, "visibilityState", { configurable: true, value: "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(offers).toHaveLength(2));
  const challenges = offers.map(({ publicKey }) => new TextDecoder().decode(publicKey.challenge as ArrayBuffer).trim());
  expect(challenges).toEqual(["challenge 1", "challenge 2"]);
});
