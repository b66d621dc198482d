import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, OUTBOX_KEY_HEADER, type OutboxMail } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, watchRequests } from "../../../test/mock.ts";
import { expectLoggedIn, expectLoggedOut, header, logOut, main, openApp } from "../../../test/render-app.tsx";
import { ada, nobody, sessionOf, setStage, tokenOf } from "../../../test/stage.ts";

function mailOf(number: number, subject: string): OutboxMail {
  return {
    id: `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    to: "ada@example.com",
    subject,
    at: "2026-11-25T15:04:00.000Z",
  };
}

const KEY = tokenOf("the-key-of-the-tray");
/** The link that the server prints at its start, without the origin. */
const LINK = `/outbox#key=${KEY}`;

function pageUrlOf({ id }: OutboxMail): string {
  return `/api/outbox/${id}/page?until=1772355600000&signature=${tokenOf("signature")}`;
}

const older = mailOf(1, "Confirm your email");
const newer = mailOf(2, "Choose a new password");

function stageWith(mails: OutboxMail[]) {
  const stage = setStage();
  stage.site = { ...stage.site, hasMailTray: true };
  const lists = mock(endpoints.mail.list, ({ headers }) =>
    headers.get(OUTBOX_KEY_HEADER) === KEY
      ? { status: 200, body: { items: mails, nextCursor: null } }
      : { refusal: "not_found" },
  );
  const reads = mock(endpoints.mail.get, ({ params, headers }) => {
    const mail = mails.find(({ id }) => id === params.id);
    if (!mail || headers.get(OUTBOX_KEY_HEADER) !== KEY) return { refusal: "not_found" };
    const text = `Hello from “${mail.subject}”`;
    return { status: 200, body: { ...mail, html: "<p>Hello</p>", text, pageUrl: pageUrlOf(mail) } };
  });
  return Object.assign(stage, { lists, reads });
}

test("the mail tray shows the newest mail beside the list of all", async () => {
  stageWith([newer, older]);
  openApp(LINK);
  expect(await screen.findByRole("heading", { level: 1, name: "Demo inbox" })).toBeVisible();
  const shown = within(await screen.findByRole("article", { name: "Choose a new password" }));
  expect(shown.getByText(/^To ada@example\.com/)).toBeVisible();
  expect(shown.getByText(/Nov 25, 2026/)).toHaveAttribute("datetime", newer.at);
  const frame = shown.getByTitle("Email: Choose a new password");
  expect(frame).toHaveAttribute("src", pageUrlOf(newer));
  // A click may navigate the whole window, and nothing else: no scripts, and none of this origin's rights.
  expect(frame.getAttribute("sandbox")?.split(" ").toSorted()).toEqual([
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-top-navigation-by-user-activation",
  ]);
  expect(shown.getByText("Hello from “Choose a new password”")).toBeInTheDocument();
  expect(main().getAllByRole("listitem")).toHaveLength(2);
  expect(main().getByRole("link", { name: /^Choose a new password/ })).toHaveAttribute("aria-current", "true");
  expect(document.title).toBe("Demo inbox · Yumroad");
});

test("another mail is chosen in the list, stands in the address, and takes the focus", async () => {
  stageWith([newer, older]);
  const app = openApp(LINK);
  await app.user.click(await screen.findByRole("link", { name: /^Confirm your email/ }));
  expect(app.address()).toBe(`/outbox?mail=${older.id}`);
  await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: "Confirm your email" })).toHaveFocus());
  expect(screen.getByTitle("Email: Confirm your email")).toHaveAttribute("src", pageUrlOf(older));
  expect(screen.queryByRole("article", { name: "Choose a new password" })).not.toBeInTheDocument();
});

test("an empty tray says so", async () => {
  stageWith([]);
  openApp(LINK);
  expect(await screen.findByText("No emails yet. Emails that the shop sends appear here.")).toBeVisible();
});

test("a tray that could not be loaded comes with another try", async () => {
  stageWith([newer]);
  mock(endpoints.mail.list, { refusal: "internal_error" });
  const app = openApp(LINK);
  expect(await screen.findByText("We couldn’t load the emails")).toBeVisible();
  mock(endpoints.mail.list, { status: 200, body: { items: [newer], nextCursor: null } });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("a mail that is not there says so, beside those that are", async () => {
  stageWith([newer]);
  openApp(`/outbox?mail=${older.id}#key=${KEY}`);
  expect(await screen.findByText("We couldn’t load this email")).toBeVisible();
  expect(screen.getByRole("link", { name: /^Choose a new password/ })).toBeVisible();
});

test("older mails come on demand", async () => {
  stageWith([newer, older]);
  mock(endpoints.mail.list, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { items: [older], nextCursor: null }
      : { items: [newer], nextCursor: tokenOf("next", 48) },
  }));
  const app = openApp(LINK);
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: /^Confirm your email/ })).toHaveFocus();
});

test("R81: the key of the printed link leaves the address at once, is kept in this tab, and is sent to the tray alone", async () => {
  const { lists, reads } = stageWith([newer]);
  const addresses: string[] = [];
  watchRequests((request) => {
    addresses.push(`${request.url} ${request.referrer}`);
    if (!request.url.includes("/api/outbox")) expect(JSON.stringify([...request.headers])).not.toContain(KEY);
  });
  const before = window.history.length;
  const app = openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  expect([app.address(), window.history.length - before]).toEqual(["/outbox", 1]);
  expect(JSON.stringify(window.history.state)).not.toContain(KEY);
  expect({ ...localStorage }).toEqual({});
  app.reload();
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  expect([...lists, ...reads].map(({ headers }) => headers.get(OUTBOX_KEY_HEADER))).toEqual([KEY, KEY, KEY, KEY]);
  expect(addresses.join()).not.toContain(KEY);
});

test("a log-out does not take the key, though the browser clears what the tab keeps", async () => {
  const stage = stageWith([newer]);
  stage.session = sessionOf(ada);
  const app = openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  await expectLoggedIn(ada);
  await logOut(app);
  await expectLoggedOut();
  sessionStorage.clear();
  await app.user.click(screen.getByRole("link", { name: "Demo inbox" }));
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  app.reload();
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

/** Logs out as in a browser: the answer wipes the tab's storage. */
async function logOutWiped(app: ReturnType<typeof openApp>) {
  mock(endpoints.auth.logout, () => {
    sessionStorage.clear();
    return { status: 204, body: null };
  });
  await logOut(app);
  await expectLoggedOut();
}

test("a log-out does not take the key, even if the tab is loaded again before the tray is opened", async () => {
  const stage = stageWith([newer]);
  stage.session = sessionOf(ada);
  let app = openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  await app.goTo("/products");
  app = app.reload();
  await expectLoggedIn(ada);
  stage.session = nobody;
  await logOutWiped(app);
  app = app.reload();
  await app.goTo("/outbox");
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test.each([
  { name: "Ada", session: sessionOf(ada) },
  { name: "nobody", session: nobody },
])("nor does a log-out in another tab, where $name is logged in here", async ({ session }) => {
  const stage = stageWith([newer]);
  stage.session = session;
  const otherTab = new BroadcastChannel("yumroad");
  let app = openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  stage.session = nobody;
  sessionStorage.clear();
  otherTab.postMessage({ type: "logged-out" });
  await waitFor(() => expect(JSON.stringify({ ...sessionStorage })).toContain(KEY));
  otherTab.close();
  app = app.reload();
  await app.goTo("/outbox");
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("a wrong key does not take the place of the right one", async () => {
  stageWith([newer]);
  let app = openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  await app.goTo(`/outbox#key=${tokenOf("wrong")}`);
  expect(await screen.findByText(/^This key doesn’t open the demo inbox/)).toBeVisible();
  await app.goTo("/products");
  await app.goTo("/outbox");
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  await app.goTo(`/outbox#key=${tokenOf("wrong")}`);
  expect(await screen.findByText(/^This key doesn’t open the demo inbox/)).toBeVisible();
  app = app.reload();
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("a key that opens the tray takes the place of a former one", async () => {
  stageWith([newer]);
  let app = openApp(`/outbox#key=${tokenOf("former")}`);
  expect(await screen.findByText(/^This key doesn’t open the demo inbox/)).toBeVisible();
  await app.goTo(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  app = app.reload();
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("R23: the ways to log in and sign up never carry the key", async () => {
  stageWith([newer]);
  const seen = new Set<string | null>();
  const look = new MutationObserver(() => {
    for (const link of document.querySelectorAll("a")) seen.add(link.getAttribute("href"));
  });
  look.observe(document, { subtree: true, childList: true, attributes: true });
  openApp(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  look.disconnect();
  expect(header().getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login?next=%2Foutbox");
  expect([...seen].join()).not.toContain(KEY);
});

test("without the key the page asks nothing, and says where to get it; the link opens it in the same tab", async () => {
  const { lists } = stageWith([newer]);
  const app = openApp("/outbox");
  expect(await screen.findByText("Open the link that the server printed when it started.")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "Demo inbox" })).toBeVisible();
  expect(lists).toEqual([]);
  await app.goTo(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
  expect(app.address()).toBe("/outbox");
});

test.each([
  ["a key that opens nothing any more", tokenOf("former"), /^This key doesn’t open the demo inbox/],
  ["half a key", KEY.slice(1), /^Open the link that the server printed/],
])("%s leaves the address as well, and the right one opens the tray in its place", async (_, key, text) => {
  stageWith([newer]);
  const app = openApp(`/outbox#key=${key}`);
  expect(await screen.findByText(text)).toBeVisible();
  await waitFor(() => expect(app.address()).toBe("/outbox"));
  await app.goTo(LINK);
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("a mail that is opened again gets a new address for its page", async () => {
  const { reads } = stageWith([newer, older]);
  const app = openApp(LINK);
  for (const name of [/^Confirm your email/, /^Choose a new password/]) {
    await app.user.click(await screen.findByRole("link", { name }));
    expect(await screen.findByRole("heading", { level: 2, name })).toBeVisible();
  }
  await waitFor(() => expect(reads.map(({ params }) => params.id)).toEqual([newer.id, older.id, newer.id]));
});

test("where there is no mail tray, there is no such page, and no way to it", async () => {
  setStage();
  mock(endpoints.mail.list, { refusal: "not_found" });
  const app = openApp("/outbox");
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await app.goTo(LINK);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Demo inbox" })).not.toBeInTheDocument();
});

test("where there is one, every page leads to it", async () => {
  stageWith([newer]);
  const app = openApp("/");
  await app.user.click(await screen.findByRole("link", { name: "Demo inbox" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Demo inbox" })).toBeVisible();
  expect(app.address()).toBe("/outbox");
});
