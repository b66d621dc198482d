import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type LiveSession } from "@yumroad/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  call,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  noteServerTime,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { ada, bob, ended, PASSWORD, product, sessionOf, setStage } from "../../test/stage.ts";

const TITLE = "You’ll be logged out soon";

let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  otherTab = new BroadcastChannel("yumroad");
  heard = [];
  otherTab.onmessage = ({ data }) => heard.push(data);
});

afterEach(() => otherTab.close());

function endingIn(seconds: number): LiveSession {
  return { ...sessionOf(ada), expiresAt: new Date(Date.now() + seconds * 1000).toISOString() };
}

/** A server whose session ends soon, and the result of the next renewal. */
function setEndingStage(seconds: number, renewed: LiveSession | null = sessionOf(ada)) {
  const stage = setStage();
  const ending = endingIn(seconds);
  mock(endpoints.auth.login, () => {
    stage.session = ending;
    return { status: 200, body: ending };
  });
  const renewals: unknown[] = [];
  const probes = mock(endpoints.sessions.current, ({ query }) => {
    if (!query.has("passive") && stage.session.user !== null) {
      renewals.push(query);
      if (renewed !== null) stage.session = renewed;
    }
    return { status: 200, body: stage.session };
  });
  return Object.assign(stage, { renewals, probes });
}

test("R39: at least a minute before the end there is a warning, announced, with the focus on the way to extend it", async () => {
  const stage = setEndingStage(150);
  await openLoggedIn("/dashboard/products");
  const dialog = await screen.findByRole("dialog", { name: TITLE });
  expect(within(dialog).getByRole("status")).toHaveTextContent("You’ll be logged out in 2 minutes.");
  // No form has input.
  expect(within(dialog).queryByText(/What you typed/)).not.toBeInTheDocument();
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Stay logged in" })).toHaveFocus());
  // The check does not renew the session.
  expect(stage.renewals).toHaveLength(0);
  expect(stage.probes.at(-1)?.query.get("passive")).toBe("1");
});

test("R39: a page that comes up behind the warning does not take the focus from it, and has it afterwards", async () => {
  setEndingStage(150);
  const app = await openLoggedIn("/dashboard/products");
  const stay = await screen.findByRole("button", { name: "Stay logged in" });
  await waitFor(() => expect(stay).toHaveFocus());
  await app.goTo("/products/new");
  const heading = await screen.findByRole("heading", { level: 1, name: "Add a product", hidden: true });
  expect(stay).toHaveFocus();
  await app.user.click(screen.getByRole("button", { name: "Not now" }));
  await waitFor(() => expect(heading).toHaveFocus());
});

test("R39: one action extends it, tells the other tabs, and gives the focus back", async () => {
  const stage = setEndingStage(4_000);
  const app = await openLoggedIn("/products/new");
  await app.user.type(screen.getByLabelText("Name"), "Field");
  stage.session = endingIn(100);
  window.dispatchEvent(new Event("focus"));
  const dialog = await screen.findByRole("dialog", { name: TITLE });
  expect(within(dialog).getByText("What you typed here is kept either way.")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Stay logged in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.getByText("You stay logged in")).toBeVisible();
  await waitFor(() => expect(screen.getByLabelText("Name")).toHaveFocus());
  expect(stage.renewals).toHaveLength(1);
  await waitFor(() => expect(heard).toContainEqual({ type: "renewed" }));
  await expectLoggedIn(ada);
});

test("R39: a session that others have renewed meanwhile alarms nobody", async () => {
  const stage = setEndingStage(150);
  const later = sessionOf(ada);
  // Another tab has renewed the session before the check.
  mock(endpoints.sessions.current, () => ({ status: 200, body: stage.session.user === null ? stage.session : later }));
  const app = await openLoggedIn("/dashboard/products");
  await waitFor(() => expect(app.queryClient.getQueryData(["session"])).toEqual(later));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("R39: the renewal in another tab takes the warning away", async () => {
  const stage = setEndingStage(150);
  await openLoggedIn("/dashboard/products");
  await screen.findByRole("dialog", { name: TITLE });
  stage.session = sessionOf(ada);
  otherTab.postMessage({ type: "renewed" });
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(stage.renewals).toHaveLength(0);
});

test("R39: when renewing moves nothing, the absolute end is near: a fresh log-in is offered, and leads back", async () => {
  const stage = setEndingStage(150, null);
  const app = await openLoggedIn("/products/new");
  await screen.findByRole("dialog", { name: TITLE });
  await app.user.click(screen.getByRole("button", { name: "Not now" }));
  await app.user.type(screen.getByLabelText("Name"), "Field notes");
  // A dismissed warning does not return for the same end.
  window.dispatchEvent(new Event("focus"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();

  stage.session = endingIn(140);
  window.dispatchEvent(new Event("focus"));
  await app.user.click(await screen.findByRole("button", { name: "Stay logged in" }));
  const again = await screen.findByRole("button", { name: "Log in again" });
  expect(screen.queryByRole("button", { name: "Stay logged in" })).not.toBeInTheDocument();
  await app.user.click(again);
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew"));

  // The old session is still alive, but the user wants a new one.
  await screen.findByLabelText("Password");
  window.dispatchEvent(new Event("focus"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(app.address()).toBe("/login?next=%2Fproducts%2Fnew");

  mock(endpoints.auth.login, () => {
    stage.session = sessionOf(ada);
    return { status: 200, body: sessionOf(ada) };
  });
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(/We kept what you typed/)).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
});

test("R39: a session that was used and whose end did not move is offered a fresh log-in right away", async () => {
  const start = Date.now();
  setEndingStage(400, null);
  await openLoggedIn("/dashboard/products");
  vi.spyOn(Date, "now").mockImplementation(() => start + 130_000);
  // A request that renews the session, long after its end was learnt.
  const own = mock(endpoints.products.listOwn, { status: 200, body: { items: [], nextCursor: null } });
  await call(endpoints.products.listOwn);
  expect(own).toHaveLength(1);
  // The computer slept: the timer is late, but the page's focus event is not.
  vi.spyOn(Date, "now").mockImplementation(() => start + 300_000);
  window.dispatchEvent(new Event("focus"));
  expect(await screen.findByRole("button", { name: "Log in again" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Stay logged in" })).not.toBeInTheDocument();
});

test("R39, R33: from a public page the fresh log-in leads back as well, but nobody else", async () => {
  const stage = setEndingStage(150, null);
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const app = await openLoggedIn("/p/paper-moon?x=1#part");
  await app.user.click(await screen.findByRole("button", { name: "Stay logged in" }));
  await app.user.click(await screen.findByRole("button", { name: "Log in again" }));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fp%2Fpaper-moon%3Fx%3D1%23part"));
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  mock(endpoints.auth.login, () => {
    stage.session = sessionOf(bob);
    return { status: 200, body: sessionOf(bob) };
  });
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await waitFor(() => expect(app.address()).toBe("/"));
});

test("R39: a renewal that fails says so and can be tried again", async () => {
  const stage = setEndingStage(150);
  const app = await openLoggedIn("/dashboard/products");
  await screen.findByRole("dialog", { name: TITLE });
  mock(endpoints.sessions.current, { refusal: "session_store_unavailable", retryAfter: 3 });
  await app.user.click(screen.getByRole("button", { name: "Stay logged in" }));
  expect(await screen.findByText(/Something went wrong.*try again in 3 seconds/)).toBeVisible();
  mock(endpoints.sessions.current, () => {
    stage.session = sessionOf(ada);
    return { status: 200, body: stage.session };
  });
  await app.user.click(screen.getByRole("button", { name: "Stay logged in" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("R39: at the end itself the log-in page says what happened", async () => {
  const stage = setEndingStage(4);
  const app = await openLoggedIn("/dashboard/products");
  await screen.findByRole("dialog", { name: TITLE });
  stage.session = ended;
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"), { timeout: 10_000 });
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  await expectLoggedOut();
});

test("R39: after a sleep over the end, the page that comes back asks first", async () => {
  const start = Date.now();
  const stage = setEndingStage(4_000);
  const app = await openLoggedIn("/dashboard/products");
  stage.session = ended;
  vi.spyOn(Date, "now").mockImplementation(() => start + 9_000_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"));
});

test("R39: the end is told by the server's clock, however wrong this computer's is", async () => {
  const answer = (ms: number, caching: string) =>
    new Response(null, { headers: { date: new Date(ms).toUTCString(), "cache-control": caching } });
  try {
    noteServerTime(answer(Date.now() + 600_000, "no-store"));
    // A cached answer says nothing about the current time.
    noteServerTime(answer(Date.now() - 900_000, "public"));
    setEndingStage(700);
    await openLoggedIn("/dashboard/products");
    expect(await screen.findByRole("dialog", { name: TITLE })).toBeVisible();
  } finally {
    noteServerTime(answer(Date.now(), "no-store"));
  }
});
