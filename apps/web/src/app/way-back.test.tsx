import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  main,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { ada, bob, ended, nobody, PASSWORD, sessionOf, setStage } from "../../test/stage.ts";

const TRIED = "/products/new?from=mail&x=a%20b#price";
const LOG_IN = `/login?${new URLSearchParams({ next: TRIED })}`;
const SIGN_UP = `/signup?${new URLSearchParams({ next: TRIED })}`;

async function logInPage() {
  return screen.findByRole("heading", { level: 1, name: "Log in" });
}

test("R23, S2–S6: the guard sends to the log-in page with path, query and fragment, and says why", async () => {
  setStage();
  const app = openApp(TRIED);
  const before = window.history.length;
  expect(await logInPage()).toBeVisible();
  expect(app.address()).toBe(LOG_IN);
  expect(screen.getByText("Log in to continue")).toBeVisible();
  expect(screen.getByText("Then we’ll take you back to “Add a product”")).toBeVisible();
  expect(window.history.length).toBe(before);
});

test("R23: the page tried is replaced, so that Back leads to the one before it", async () => {
  setStage();
  const app = openApp("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  await app.goTo("/products/new");
  await logInPage();
  await app.goBack();
  expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
});

test("S8, R25: log-in goes back to the page tried, once; Back does not return to the log-in page", async () => {
  setStage();
  const app = openApp("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  await app.goTo(TRIED);
  await logInPage();
  const before = app.visited.length;
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  expect(app.visited.slice(before)).toEqual([TRIED]);
  await app.goBack();
  expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();

  // The way back is used once: the next login goes home.
  await logOut(app);
  await expectLoggedOut();
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  expect(app.address()).toBe("/");
});

test("S8, R24: sign-up goes back as well, after switching between the forms by the page's and the header's links", async () => {
  const stage = setStage();
  const app = openApp(TRIED);
  await logInPage();
  await app.user.click(main().getByRole("link", { name: "Sign up" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Create your account" })).toBeVisible();
  expect(app.address()).toBe(SIGN_UP);
  // A redirected visitor sees the reason here as well.
  expect(screen.getByText("Log in to continue")).toBeVisible();
  expect(screen.getByText("Then we’ll take you back to “Add a product”")).toBeVisible();
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await logInPage();
  expect(app.address()).toBe(LOG_IN);
  await app.user.click(header().getByRole("link", { name: "Sign up" }));
  await app.user.type(await screen.findByLabelText("Name"), "Grace");
  await app.user.type(screen.getByLabelText("Email"), "grace@example.com");
  await app.user.type(screen.getByLabelText("Password"), PASSWORD);
  await app.user.click(screen.getByRole("button", { name: "Sign up" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  expect(app.address()).toBe(TRIED);
  expect(stage.signups).toHaveLength(1);
});

test("R24: the way back survives failed tries and a reload of the log-in page", async () => {
  setStage();
  const app = openApp(TRIED);
  await logInPage();
  await fillInLogIn(app, ada.email, "wrong password");
  expect(await screen.findByText("Invalid email or password")).toBeVisible();
  const reloaded = app.reload();
  expect(await screen.findByText("Log in to continue")).toBeVisible();
  await fillInLogIn(reloaded, ada.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  expect(reloaded.address()).toBe(TRIED);
});

test("R24: it survives being opened in a second tab, where there is an address and nothing else", async () => {
  setStage();
  const app = openApp(LOG_IN);
  expect(await screen.findByText("Log in to continue")).toBeVisible();
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Add a product" })).toBeVisible();
  expect(app.address()).toBe(TRIED);
});

test("R25: the last page tried wins", async () => {
  setStage();
  const app = openApp(TRIED);
  await logInPage();
  await app.goTo("/dashboard/products");
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"));
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Your products" })).toBeVisible();
});

test("R25: a page whose address is too long to keep is not kept", async () => {
  setStage();
  const app = openApp(`/products/new?x=${"a".repeat(2100)}`);
  await logInPage();
  expect(app.address()).toBe("/login");
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/.//evil.example",
  "/api/products",
  "/login",
  "/signup?next=/products/new",
  "/%2F/evil.example",
  "/a\u0000b",
  "%",
  "",
])("R27: with next=%j the page works, and log-in goes home", async (next) => {
  setStage();
  const app = openApp(`/login?${new URLSearchParams({ next })}`);
  await logInPage();
  // The links to the other forms do not pass it on either.
  expect(main().getByRole("link", { name: "Sign up" })).toHaveAttribute("href", "/signup");
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  await waitFor(() => expect(app.address()).toBe("/"));
});

test("R27: a next that is not even percent-encoded rightly breaks nothing", async () => {
  setStage();
  const app = openApp("/login?next=%E0%A4%A&next=//evil.example");
  await logInPage();
  await fillInLogIn(app, ada.email, PASSWORD);
  await expectLoggedIn(ada);
  expect(app.address()).toBe("/");
});

test("R29: while the probe is pending, neither page nor log-in form shows, and nothing protected is asked for", async () => {
  setStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.sessions.current, async () => {
    await promise;
    return { status: 200, body: sessionOf(ada) };
  });
  const own = mock(endpoints.products.listOwn, { status: 200, body: { items: [], nextCursor: null } });
  const app = openApp("/dashboard/products");
  expect(await screen.findByText("Loading", { selector: "[role=status]" })).toBeInTheDocument();
  expect(screen.queryByRole("heading", { level: 1 })).not.toBeInTheDocument();
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
  expect(own).toHaveLength(0);
  resolve();
  expect(await screen.findByRole("heading", { level: 1, name: "Your products" })).toBeVisible();
  // A reload while logged in never visits the login page.
  expect(app.visited.filter((address) => address.startsWith("/login"))).toEqual([]);
  await waitFor(() => expect(own).toHaveLength(1));
});

test("R29: while the probe is pending, the log-in page shows no form", async () => {
  setStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.sessions.current, async () => {
    await promise;
    return { status: 200, body: nobody };
  });
  openApp("/login");
  expect(await screen.findByText("Loading", { selector: "[role=status]" })).toBeInTheDocument();
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
  resolve();
  expect(await screen.findByLabelText("Password")).toBeVisible();
});

test.each([
  { reply: { refusal: "session_store_unavailable", retryAfter: 2 } as const, address: "/products/new" },
  { reply: "no answer" as const, address: "/products/new" },
  { reply: { refusal: "session_store_unavailable" } as const, address: "/login" },
])("R30: a failed probe ($reply) on $address shows “try again”, not the log-in form", async ({ reply, address }) => {
  setStage();
  mock(endpoints.sessions.current, reply);
  const app = openApp(address);
  const tryAgain = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByText("We can’t tell right now if you’re logged in")).toBeVisible();
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
  expect(app.address()).toBe(address);
  mock(endpoints.sessions.current, { status: 200, body: sessionOf(ada) });
  await app.user.click(tryAgain);
  await expectLoggedIn(ada);
});

test.each(["/login", "/signup"])(
  "R31, S23: logged in already, %s shows no form: on to next, and Back does not return",
  async (page) => {
    setStage();
    const app = await openLoggedIn("/products");
    await app.goTo(`${page}?next=%2Fdashboard%2Fproducts`);
    expect(await screen.findByRole("heading", { level: 1, name: "Your products" })).toBeVisible();
    expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
    await app.goBack();
    expect(await screen.findByRole("heading", { level: 1, name: "Browse" })).toBeVisible();
  },
);

test("R31: logged in already, without next, one goes home", async () => {
  setStage(sessionOf(ada));
  const app = openApp("/signup");
  await expectLoggedIn(ada);
  await waitFor(() => expect(app.address()).toBe("/"));
});

test("R32, S13: after a log-out there is no way back to the page left", async () => {
  setStage();
  const app = await openLoggedIn("/products/new?from=mail");
  const before = app.visited.length;
  await logOut(app);
  await expectLoggedOut();
  expect(app.visited.slice(before)).toEqual(["/"]);
  expect(header().getByRole("link", { name: "Log in" })).toHaveAttribute("href", "/login");
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  expect(app.address()).toBe("/");
});

test("R32: after an expiry there is a way back, with a word that the session ended", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  stage.session = ended;
  mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  await app.goTo("/dashboard/products");
  await logInPage();
  expect(screen.getByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  mock(endpoints.products.listOwn, { status: 200, body: { items: [], nextCursor: null } });
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Your products" })).toBeVisible();
});

test("R32: a session that ended while the browser was closed is said to have ended on the log-in page", async () => {
  setStage(ended);
  openApp("/login");
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
});

test.each([
  { by: "while the page was open", isReloaded: false },
  { by: "and was noticed by a reload", isReloaded: true },
])("R33: what was kept when A's session ended $by is not opened for B, but is for A", async ({ isReloaded }) => {
  const stage = setStage();
  let app = await openLoggedIn("/dashboard/products");
  stage.session = ended;
  if (isReloaded) app = app.reload();
  else window.dispatchEvent(new Event("focus"));
  await logInPage();
  expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts");
  // The owner of the page survives the switch between the forms and a reload.
  await app.user.click(main().getByRole("link", { name: "Sign up" }));
  await app.user.click(await main().findByRole("link", { name: "Log in" }));
  app = app.reload();
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await waitFor(() => expect(app.address()).toBe("/"));

  await app.goTo("/dashboard/products");
  stage.session = ended;
  window.dispatchEvent(new Event("focus"));
  await logInPage();
  await fillInLogIn(app, bob.email, PASSWORD);
  expect(await screen.findByRole("heading", { level: 1, name: "Your products" })).toBeVisible();
});

test("R33: it is kept for A also in a tab that was opened with A's session alive", async () => {
  const stage = setStage(sessionOf(ada));
  const app = openApp("/dashboard/products");
  await screen.findByRole("heading", { level: 1, name: "Your products" });
  stage.session = ended;
  window.dispatchEvent(new Event("focus"));
  await logInPage();
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await waitFor(() => expect(app.address()).toBe("/"));
});

test("a public page's log-in links come back to it", async () => {
  setStage();
  const app = openApp("/products?q=moon");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  expect(await header().findByRole("link", { name: "Log in" })).toHaveAttribute(
    "href",
    "/login?next=%2Fproducts%3Fq%3Dmoon",
  );
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await logInPage();
  expect(screen.queryByText("Log in to continue")).not.toBeInTheDocument();
});

test("R31: coming to the log-in page again and again, however fast, leads on each time", async () => {
  setStage();
  const app = await openLoggedIn("/");
  await app.goTo("/login");
  await app.goTo("/signup");
  await app.goTo("/login");
  expect(await screen.findByRole("heading", { level: 1, name: "Recent products" })).toBeVisible();
  expect(app.address()).toBe("/");
});

test("whoever follows “Start selling” is told what comes next, not that a page was refused", async () => {
  setStage();
  const app = openApp("/");
  await app.user.click(await screen.findByRole("link", { name: "Start selling" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Create your account" })).toBeVisible();
  expect(screen.getByText("Next: add your product")).toBeVisible();
  expect(screen.queryByText("Log in to continue")).not.toBeInTheDocument();
});
