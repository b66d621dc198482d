import { endpoints } from "@yumroad/contract";
import { expect, test, vi } from "vitest";
import { interfere, mock } from "../../test/mock.ts";
import { ada, card, nobody, PASSWORD, product, sessionOf } from "../../test/stage.ts";
import {
  beginEpoch,
  callWithoutApp as call,
  onUnauthenticated,
  openReauthPrompt,
  subscribeToReauthPrompt,
} from "../../test/transport.ts";
import { AbortedError, NetworkError } from "../platform/lib/call.ts";

test("an answer comes back as the contract types it, with params, query and body where they belong", async () => {
  const asked = mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const listed = mock(endpoints.products.list, {
    status: 200,
    body: { items: [card("Paper moon")], nextCursor: null },
  });
  const logins = mock(endpoints.auth.login, { status: 200, body: sessionOf(ada) });
  expect((await call(endpoints.products.get, { params: { slug: "paper-moon" } })).name).toBe("Paper moon");
  expect((await call(endpoints.products.list, { query: { q: "a&b=c", limit: "5" } })).items).toHaveLength(1);
  await call(endpoints.auth.login, { body: { email: ada.email, password: PASSWORD } });
  expect(asked[0]?.params).toEqual({ slug: "paper-moon" });
  expect(Object.fromEntries(listed[0]?.query ?? [])).toEqual({ q: "a&b=c", limit: "5" });
  expect(logins[0]?.body).toEqual({ email: ada.email, password: PASSWORD });
});

test("an answer without a body is undefined", async () => {
  mock(endpoints.auth.logout, { status: 204, body: null });
  expect(await call(endpoints.auth.logout)).toBeUndefined();
});

test("a refusal is an ApiError with code, status, issues, request id and when to try again", async () => {
  mock(endpoints.auth.login, { refusal: "invalid_input" });
  const logIn = () => call(endpoints.auth.login, { body: { email: ada.email, password: "x" } });
  await expect(logIn()).rejects.toMatchObject({
    name: "ApiError",
    code: "invalid_input",
    status: 422,
    issues: [
      { path: ["email"], message: "The email is missing" },
      { path: ["password"], message: "The password is missing" },
    ],
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    retryAfterSeconds: null,
  });
  mock(endpoints.auth.login, { refusal: "rate_limited", retryAfter: 90 });
  await expect(logIn()).rejects.toMatchObject({ code: "rate_limited", status: 429, issues: [], retryAfterSeconds: 90 });
});

test("no answer is a NetworkError", async () => {
  mock(endpoints.sessions.current, "no answer");
  await expect(call(endpoints.sessions.current)).rejects.toBeInstanceOf(NetworkError);
});

function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: { "content-type": "text/html" } });
}

test.each([
  { what: "a proxy's error page", answer: () => page("<h1>Bad gateway</h1>", 502) },
  { what: "a captive portal's page", answer: () => page("<h1>Log in to the wifi</h1>") },
  { what: "half a JSON", answer: () => new Response("{", { headers: { "content-type": "application/json" } }) },
  {
    what: "a refusal with a code of another version",
    answer: () => Response.json({ code: "new" }, { status: 400 }),
  },
])("$what is an UnexpectedAnswerError", async ({ answer }) => {
  interfere(endpoints.sessions.current, answer);
  await expect(call(endpoints.sessions.current)).rejects.toMatchObject({ name: "UnexpectedAnswerError" });
});

test("R35: what was asked before the session changed gets no answer", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.sessions.current, async () => {
    await promise;
    return { status: 200, body: nobody };
  });
  const asked = call(endpoints.sessions.current);
  beginEpoch();
  resolve();
  await expect(asked).rejects.toBeInstanceOf(AbortedError);
  expect(await call(endpoints.sessions.current)).toEqual(nobody);
});

test("R35, R69: a proof that is waited for when the session changes is waited for no more", async () => {
  const asked = mock(endpoints.twoFactor.renewRecoveryCodes, { refusal: "reauth_required" });
  const withdraw = subscribeToReauthPrompt(() => {});
  const waiting = call(endpoints.twoFactor.renewRecoveryCodes).catch((error: unknown) => error);
  await vi.waitFor(() => expect(openReauthPrompt()).not.toBeNull());
  const question = openReauthPrompt();
  beginEpoch();
  expect(await waiting).toBeInstanceOf(AbortedError);
  expect(openReauthPrompt()).toBeNull();
  // A late answer changes nothing.
  question?.answer(true);
  expect(asked).toHaveLength(1);
  withdraw();
});

test("R34, R35: “nobody is logged in”, said to the last person, does not reach the next one", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const changes = mock(endpoints.sessions.endOthers, async () => {
    await promise;
    return { status: 204, body: null };
  });
  const lists = mock(endpoints.sessions.list, { refusal: "unauthenticated" });
  const change = call(endpoints.sessions.endOthers).catch((error: unknown) => error);
  const list = call(endpoints.sessions.list).catch((error: unknown) => error);
  await vi.waitFor(() => expect([changes.length, lists.length]).toEqual([1, 1]));
  // The list is refused by now and waits for the change.
  await new Promise((settle) => setTimeout(settle, 50));
  beginEpoch();
  resolve();
  expect(await change).toBeInstanceOf(AbortedError);
  expect(await list).toBeInstanceOf(AbortedError);
  expect(lists).toHaveLength(1);
});

test("R34: what may have been done before its session went on under another id is not done twice", async () => {
  const stop = onUnauthenticated(async () => true);
  const renewals = mock(endpoints.twoFactor.renewRecoveryCodes, { refusal: "unauthenticated" });
  await expect(call(endpoints.twoFactor.renewRecoveryCodes)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(renewals).toHaveLength(1);
  const lists = mock(endpoints.sessions.list, { refusal: "unauthenticated" });
  await expect(call(endpoints.sessions.list)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(lists).toHaveLength(2);
  stop();
});
