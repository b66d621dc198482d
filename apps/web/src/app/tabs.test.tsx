import { act, screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  call,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  logOut,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { ada, bob, ended, nobody, PASSWORD, sessionOf, setStage } from "../../test/stage.ts";
import { sessionQuery } from "../session/session-query.ts";

let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  otherTab = new BroadcastChannel("yumroad");
  heard = [];
  otherTab.onmessage = ({ data }) => heard.push(data);
});

afterEach(() => otherTab.close());

test("R36: a log-out in another tab takes a protected page to the home page, without next, within a second", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = nobody;
  const before = app.visited.length;
  otherTab.postMessage({ type: "logged-out" });
  await waitFor(() => expect(app.address()).toBe("/"), { timeout: 1000 });
  await expectLoggedOut();
  expect(app.visited.slice(before)).toEqual(["/"]);
});

test("R36: it works as well when the server can't be asked", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  mock(endpoints.sessions.current, "no answer");
  otherTab.postMessage({ type: "logged-out" });
  await expectLoggedOut();
  expect(app.address()).toBe("/");
});

test("R36: with an unsaved form there is a warning first", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  stage.session = nobody;
  otherTab.postMessage({ type: "logged-out" });
  expect(await screen.findByRole("dialog", { name: "You’re logged out" })).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Leave" }));
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Field notes");
});

test("R36, R38: and from there one can log in again to keep it, though the log-out wiped this tab's storage", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  stage.session = nobody;
  sessionStorage.clear();
  otherTab.postMessage({ type: "logged-out" });
  await app.user.click(await screen.findByRole("button", { name: "Log in and keep them" }));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew"));
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(/We kept what you typed/)).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
});

/** Ada types into a form and logs out in another tab, which opens the question. */
async function askedAboutForm() {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  stage.session = nobody;
  sessionStorage.clear();
  otherTab.postMessage({ type: "logged-out" });
  const dialog = await screen.findByRole("dialog", { name: "You’re logged out" });
  return { stage, app, dialog };
}

/** This tab gets the focus and has checked its session. */
async function comeBack(stage: ReturnType<typeof setStage>) {
  const before = stage.probes.length;
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("focus"));
  await waitFor(() => expect(stage.probes.length).toBeGreaterThan(before));
  await new Promise((resolve) => setTimeout(resolve, 50));
}

test("R36, R38: coming back to the tab leaves the question open and the form as it is, however often", async () => {
  const { stage, app, dialog } = await askedAboutForm();
  await comeBack(stage);
  await comeBack(stage);
  expect(dialog).toBeVisible();
  expect(app.address()).toBe("/products/new");
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
  await app.user.click(screen.getByRole("button", { name: "Log in and keep them" }));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew"));
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(/We kept what you typed/)).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
});

test("R36, R38: a 401 behind the question does not send anybody away", async () => {
  const { stage, app, dialog } = await askedAboutForm();
  stage.session = ended;
  const asked = mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  await app.queryClient
    .fetchQuery({ queryKey: ["own"], queryFn: () => call(endpoints.products.listOwn) })
    .catch(() => {});
  expect(asked).toHaveLength(1);
  await comeBack(stage);
  expect(dialog).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
});

/** Requests something that requires a login and is refused: the server knows of the logout, this tab does not. */
async function refuseAsNobody(app: Awaited<ReturnType<typeof openLoggedIn>>) {
  mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  const own = { queryKey: ["own"], queryFn: () => call(endpoints.products.listOwn) };
  await app.queryClient.fetchQuery(own).catch(() => {});
}

test("R36: a 401 that overtakes the news of a log-out is no expiry: home, without next, and without a word of an end", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = nobody;
  const before = app.visited.length;
  await refuseAsNobody(app);
  otherTab.postMessage({ type: "logged-out" });
  await expectLoggedOut();
  expect(app.visited.slice(before)).toEqual(["/"]);
  expect(screen.queryByText(/You’ve been logged out/)).not.toBeInTheDocument();
});

test("R36: nor one that overtakes the answer to it: with an unsaved form, it is asked about all the same", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  // The session is dead, but its cookie is still there.
  stage.session = ended;
  setTimeout(() => {
    stage.session = nobody;
  }, 100);
  await refuseAsNobody(app);
  otherTab.postMessage({ type: "logged-out" });
  expect(await screen.findByRole("dialog", { name: "You’re logged out" })).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
  expect(app.address()).toBe("/products/new");
});

test("R36, R38: a form that is sent after the log-out, and before its news, can be kept by logging in", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  await app.user.type(screen.getByLabelText("Price"), "12");
  stage.session = nobody;
  const sent = mock(endpoints.products.create, { refusal: "unauthenticated" });
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  await app.user.click(await screen.findByRole("button", { name: "Log in and keep them" }));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew"));
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByLabelText("Name")).toHaveValue("Field notes");
  expect(sent).toHaveLength(1);
});

test("R36: on the way home nothing is said of what could not be loaded", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard");
  const said: string[] = [];
  const listener = new MutationObserver(() => {
    const alerts = screen.queryAllByRole("alert").map(({ textContent }) => textContent ?? "");
    said.push(...alerts.filter((text) => text !== ""));
  });
  listener.observe(document.body, { childList: true, subtree: true });
  stage.session = nobody;
  mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  mock(endpoints.sessions.list, { refusal: "unauthenticated" });
  await app.goTo("/settings/security");
  // As if the home page still had to be loaded over a slow connection.
  const { navigate } = app.router;
  vi.spyOn(app.router, "navigate").mockImplementation(async (...way: unknown[]) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await Reflect.apply(navigate, app.router, way);
  });
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  expect(said).toEqual([]);
  listener.disconnect();
});

test("R35, R36: what was refused as nobody's is not asked again as whoever is here now", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = sessionOf(bob);
  const asked = mock(endpoints.sessions.list, { refusal: "unauthenticated" });
  const sessions = { queryKey: ["sessions"], queryFn: () => call(endpoints.sessions.list) };
  await expect(app.queryClient.fetchQuery(sessions)).rejects.toThrow();
  await expectLoggedIn(bob);
  expect(asked).toHaveLength(1);
  expect(app.address()).toBe("/");
});

test("R35, R36: whoever is here by the time of the answer is who the page belongs to", async () => {
  const { stage, app, dialog } = await askedAboutForm();
  stage.session = sessionOf(bob);
  otherTab.postMessage({ type: "logged-in" });
  await comeBack(stage);
  expect(dialog).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Leave" }));
  await expectLoggedIn(bob);
  expect(app.address()).toBe("/");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Field notes");
});

test("R38: who keeps the form while somebody else is logged in can still log in to it", async () => {
  const { stage, app } = await askedAboutForm();
  stage.session = sessionOf(bob);
  await comeBack(stage);
  await app.user.click(screen.getByRole("button", { name: "Log in and keep them" }));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew"));
  await comeBack(stage);
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByLabelText("Name")).toHaveValue("Field notes");
});

test("R36: when the same person has logged in again in another tab, there is nothing left to ask", async () => {
  const { stage, app, dialog } = await askedAboutForm();
  stage.session = sessionOf(ada);
  otherTab.postMessage({ type: "logged-in" });
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(app.address()).toBe("/products/new");
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
  await expectLoggedIn(ada);
});

test("R36: Back does not get around the question", async () => {
  const { app, dialog } = await askedAboutForm();
  await app.goBack();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(dialog).toHaveAccessibleName("You’re logged out");
  expect(app.address()).toBe("/products/new");
});

test("R36: a public page stays where it is, logged out", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products?q=moon");
  stage.session = nobody;
  otherTab.postMessage({ type: "logged-out" });
  await expectLoggedOut();
  expect(app.address()).toBe("/products?q=moon");
});

test("R36: a log-in in another tab logs this one in; on the log-in page it goes on to next", async () => {
  const stage = setStage();
  const app = openApp("/login?next=%2Fproducts%2Fnew");
  await screen.findByLabelText("Password");
  stage.session = sessionOf(ada);
  otherTab.postMessage({ type: "logged-in" });
  await expectLoggedIn(ada);
  await waitFor(() => expect(app.address()).toBe("/products/new"));
});

test("R35, R36: another user's log-in in another tab takes a protected page home before it is theirs", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = sessionOf(bob);
  otherTab.postMessage({ type: "logged-in" });
  await expectLoggedIn(bob);
  expect(app.address()).toBe("/");
});

test("R36: this tab tells the others of log-in and log-out, and nothing of who or what", async () => {
  setStage();
  const app = await openLoggedIn("/");
  await waitFor(() => expect(heard).toEqual([{ type: "logged-in" }]));
  await logOut(app);
  await expectLoggedOut();
  await waitFor(() => expect(heard).toEqual([{ type: "logged-in" }, { type: "logged-out" }]));
});

test.each([{ type: "logged-out", next: "/evil" }, { type: "other" }, "logged-out", null])(
  "R36: a message that does not fit (%j) does nothing",
  async (message) => {
    setStage();
    const app = await openLoggedIn("/dashboard/products");
    otherTab.postMessage(message);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expectLoggedIn(ada);
    expect(app.address()).toBe("/dashboard/products");
  },
);

test("R36: without BroadcastChannel, the tab looks when it comes to the front", async () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  vi.unstubAllGlobals();
  stage.session = nobody;
  document.dispatchEvent(new Event("visibilitychange"));
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  // The check is passive: it does not renew the session.
  expect(stage.probes.at(-1)?.query.get("passive")).toBe("1");
});

function comeBackFromCache() {
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
}

test("R37: out of the back/forward cache nothing shows until it is known who is here", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  const heading = screen.getByRole("heading", { level: 1, name: "Your products" });
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.sessions.current, async () => {
    await promise;
    return { status: 200, body: stage.session };
  });
  stage.session = nobody;
  comeBackFromCache();
  expect(heading).not.toBeVisible();
  expect(screen.queryByRole("button", { name: "Account menu" })).not.toBeInTheDocument();
  resolve();
  await expectLoggedOut();
  expect(heading).not.toBeInTheDocument();
  expect(app.address()).toBe("/");
});

test("R37: whoever is still logged in finds the page as it was, form and all", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  comeBackFromCache();
  expect(screen.getByLabelText("Name")).not.toBeVisible();
  await waitFor(() => expect(screen.getByLabelText("Name")).toBeVisible());
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
});

test("R37: a session that ended meanwhile leads to the log-in page", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = ended;
  comeBackFromCache();
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"));
});

test("R36: at the very end of a remembered session no cookie is left to present, and yet it is an expiry", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  // The cookie's expiry has whole seconds and has passed.
  const inAMoment = new Date(Date.now() + 700).toISOString();
  act(() => app.queryClient.setQueryData(sessionQuery.queryKey, { ...sessionOf(ada), expiresAt: inAMoment }));
  stage.session = nobody;
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"));
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
});

test("R37: if that can't be found out, nothing protected shows but “try again”", async () => {
  setStage();
  await openLoggedIn("/dashboard/products");
  mock(endpoints.sessions.current, "no answer");
  comeBackFromCache();
  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Your products" })).not.toBeInTheDocument();
});
