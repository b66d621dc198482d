import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import {
  call,
  expectLoggedIn,
  expectLoggedOut,
  fillInLogIn,
  header,
  logOut,
  openApp,
  openLoggedIn,
} from "../../test/render-app.tsx";
import { ada, bob, ended, ownCard, ownProduct, PASSWORD, product, setStage } from "../../test/stage.ts";
import { createTestQueryClient as createQueryClient } from "../../test/transport.ts";

test("R34: eight 401s at once make one redirect and one message", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  const before = app.visited.length;
  stage.session = ended;
  const asked = mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      app.queryClient
        .fetchQuery({ queryKey: ["own", index], queryFn: () => call(endpoints.products.listOwn) })
        .catch(() => null),
    ),
  );
  expect(await screen.findAllByText("You’ve been logged out. Log in to continue.")).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(app.visited.slice(before)).toEqual(["/login?next=%2Fdashboard%2Fproducts"]);
  // No retry and no loop.
  expect(asked.length).toBeLessThanOrEqual(8);
});

test("R34: a 401 of the log-in itself redirects nowhere", async () => {
  setStage();
  const app = openApp("/login?next=%2Fproducts%2Fnew");
  await fillInLogIn(app, ada.email, "wrong password");
  expect(await screen.findByText("Invalid email or password")).toBeVisible();
  expect(app.visited.filter((address) => address !== "/login?next=%2Fproducts%2Fnew")).toEqual([]);
});

test("R4, R34: a 401 of a session that goes on under another id, turned in another tab, ends nothing and is asked again once", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  let refusals = 1;
  const asked = mock(endpoints.products.listOwn, () =>
    refusals-- > 0 ? { refusal: "unauthenticated" } : { status: 200, body: { items: [], nextCursor: null } },
  );
  await app.queryClient.fetchQuery({ queryKey: ["own"], queryFn: () => call(endpoints.products.listOwn) });
  expect(asked).toHaveLength(2);
  await expectLoggedIn(ada);
  expect(app.address()).toBe("/dashboard/products");
});

test("R34: a 401 with nobody there to say who is here is the end of the session, and is not asked again", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  mock(endpoints.sessions.current, "no answer");
  const asked = mock(endpoints.sessions.list, { refusal: "unauthenticated" });
  const sessions = { queryKey: ["sessions"], queryFn: () => call(endpoints.sessions.list) };
  await expect(app.queryClient.fetchQuery(sessions)).rejects.toThrow();
  await waitFor(() => expect(app.address()).toBe("/login?next=%2Fdashboard%2Fproducts"));
  expect(asked).toHaveLength(1);
});

test("R34: the policy hears of the end of a session, and not of a wrong password", async () => {
  const ends: string[] = [];
  const client = createQueryClient(() => ends.push("ended"));
  mock(endpoints.auth.login, { refusal: "invalid_credentials" });
  const body = { email: ada.email, password: "wrong password" };
  const logIn = client.getMutationCache().build(client, { mutationFn: () => call(endpoints.auth.login, { body }) });
  await expect(logIn.execute(undefined)).rejects.toThrow();
  expect(ends).toEqual([]);
  mock(endpoints.products.listOwn, { refusal: "unauthenticated" });
  const own = { queryKey: ["own"], queryFn: () => call(endpoints.products.listOwn) };
  await expect(client.fetchQuery(own)).rejects.toThrow();
  expect(ends).toEqual(["ended"]);
});

test("R34: no refusal is asked for again; what may pass is, once", async () => {
  const client = createQueryClient(() => {});
  const refused = mock(endpoints.products.get, { refusal: "not_found" });
  const options = {
    queryKey: ["x"],
    queryFn: () => call(endpoints.products.get, { params: { slug: "x" } }),
    retryDelay: 1,
  };
  await expect(
    client.fetchQuery({ ...options, retry: client.getDefaultOptions().queries?.retry ?? false }),
  ).rejects.toThrow();
  expect(refused).toHaveLength(1);
  const failed = mock(endpoints.products.get, { refusal: "internal_error" });
  await expect(
    client.fetchQuery({ ...options, retry: client.getDefaultOptions().queries?.retry ?? false }),
  ).rejects.toThrow();
  expect(failed).toHaveLength(2);
});

test("R35: on log-out A's data is gone, and B's list is B's alone", async () => {
  setStage();
  mock(endpoints.products.listOwn, {
    status: 200,
    body: { items: [ownCard("Secret of Ada", { status: "draft" })], nextCursor: null },
  });
  const app = await openLoggedIn("/dashboard/products");
  expect(await screen.findByText("Secret of Ada")).toBeVisible();
  await logOut(app);
  await expectLoggedOut();
  expect(
    JSON.stringify(
      app.queryClient
        .getQueryCache()
        .getAll()
        .map(({ state }) => state.data),
    ),
  ).not.toContain("Ada");

  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.products.listOwn, async () => {
    await promise;
    return { status: 200, body: { items: [ownCard("Thing of Bob")], nextCursor: null } };
  });
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await app.goTo("/dashboard/products");
  expect(screen.queryByText("Secret of Ada")).not.toBeInTheDocument();
  resolve();
  expect(await screen.findByText("Thing of Bob")).toBeVisible();
});

test("R35: an answer for A that arrives late never reaches B's screen", async () => {
  setStage();
  const late = Promise.withResolvers<void>();
  mock(endpoints.products.listOwn, async () => {
    await late.promise;
    return { status: 200, body: { items: [ownCard("Secret of Ada")], nextCursor: null } };
  });
  const app = await openLoggedIn("/dashboard/products");
  await screen.findByRole("heading", { level: 1, name: "Your products" });
  const stray = call(endpoints.products.listOwn);
  stray.catch(() => {});
  await logOut(app);
  await expectLoggedOut();
  mock(endpoints.products.listOwn, { status: 200, body: { items: [ownCard("Thing of Bob")], nextCursor: null } });
  await app.user.click(header().getByRole("link", { name: "Log in" }));
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await app.goTo("/dashboard/products");
  expect(await screen.findByText("Thing of Bob")).toBeVisible();
  late.resolve();
  // A request outside the query cache gets no answer either.
  await expect(stray).rejects.toMatchObject({ name: "AbortError" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(screen.queryByText("Secret of Ada")).not.toBeInTheDocument();
});

async function fillInProduct(app: Awaited<ReturnType<typeof openLoggedIn>>) {
  await app.user.type(await screen.findByLabelText("Name"), "Field notes");
  await app.user.type(screen.getByLabelText("Price"), "12.5");
  await app.user.selectOptions(screen.getByLabelText("Currency"), "USD");
  await app.user.type(screen.getByLabelText("Description"), "Forty pieces");
}

function expectFilledIn() {
  expect(screen.getByLabelText("Name")).toHaveValue("Field notes");
  expect(screen.getByLabelText("Price")).toHaveValue("12.5");
  expect(screen.getByLabelText("Currency")).toHaveValue("USD");
  expect(screen.getByLabelText("Description")).toHaveValue("Forty pieces");
}

test("R38: a half-filled form outlives the session: log in again, values intact, one submission in effect", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await fillInProduct(app);
  stage.session = ended;
  mock(endpoints.products.create, { refusal: "unauthenticated" });
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  const created = mock(endpoints.products.create, { status: 201, body: ownProduct("Field notes") });
  mock(endpoints.products.get, { status: 200, body: product("Field notes") });
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByText(/We kept what you typed/)).toBeVisible();
  expectFilledIn();
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Field notes" })).toBeVisible();
  expect(created.map(({ body }) => body)).toEqual([
    {
      ...{ name: "Field notes", description: "Forty pieces", status: "published" },
      ...{ price: { amount: 1250, currency: "USD" }, pricing: "fixed", suggestedAmount: null },
    },
  ]);
  // The submitted draft is gone: the next form is empty.
  await app.goTo("/products/new");
  expect(await screen.findByLabelText("Name")).toHaveValue("");
});

test("R38: what A typed is not shown to B", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await fillInProduct(app);
  stage.session = ended;
  window.dispatchEvent(new Event("focus"));
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  await fillInLogIn(app, bob.email, PASSWORD);
  await expectLoggedIn(bob);
  await app.goTo("/products/new");
  expect(await screen.findByLabelText("Name")).toHaveValue("");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Field notes");
});

test("R38: log-out asks about an unsaved form, and leaves nothing of it behind", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/products/new");
  await fillInProduct(app);
  await logOut(app);
  await app.user.click(await screen.findByRole("button", { name: "Stay here" }));
  expect(stage.logouts).toHaveLength(0);
  expectFilledIn();
  await logOut(app);
  await app.user.click(await screen.findByRole("button", { name: "Log out" }));
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Field notes");
});

test("R38: a form that is sent while sessions can't be reached keeps what was typed", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await fillInProduct(app);
  mock(endpoints.products.create, { refusal: "session_store_unavailable", retryAfter: 3 });
  await app.user.click(screen.getByRole("button", { name: "Publish" }));
  expect(await screen.findByText(/Nothing is lost: try again in 3 seconds/)).toBeVisible();
  expectFilledIn();
  expect(app.address()).toBe("/products/new");
});

test("R18: when the server can't end the session, this browser is logged out and the page says what is left", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  mock(endpoints.auth.logout, { refusal: "session_store_unavailable", retryAfter: 5 });
  await logOut(app);
  await expectLoggedOut();
  expect(
    screen.getByText("You’re logged out in this browser, but the server couldn’t end the log-in yet."),
  ).toBeVisible();
  expect(app.address()).toBe("/");
});

test("a log-out that does not reach the server says that one is still logged in", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  mock(endpoints.auth.logout, "no answer");
  await logOut(app);
  expect(await screen.findByText(/You’re still logged in/)).toBeVisible();
  await expectLoggedIn(ada);
});

test("R38: a log-out that fails has lost nothing of an unsaved form", async () => {
  setStage();
  const app = await openLoggedIn("/products/new");
  await fillInProduct(app);
  mock(endpoints.auth.logout, "no answer");
  await logOut(app);
  await app.user.click(await screen.findByRole("button", { name: "Log out" }));
  expect(await screen.findByText(/You’re still logged in/)).toBeVisible();
  expect(app.address()).toBe("/products/new");
  expectFilledIn();
  expect(JSON.stringify({ ...sessionStorage })).toContain("Field notes");
  // The dialog still asks.
  await app.user.click(screen.getByRole("link", { name: "Search" }));
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
});

test("a log-out that takes its time says so", async () => {
  setStage();
  const app = await openLoggedIn("/dashboard/products");
  const answer = Promise.withResolvers<void>();
  mock(endpoints.auth.logout, async () => {
    await answer.promise;
    return { status: 204, body: null };
  });
  await logOut(app);
  expect(await screen.findByText("Logging you out…")).toBeVisible();
  answer.resolve();
  await expectLoggedOut();
  expect(screen.queryByText("Logging you out…")).not.toBeInTheDocument();
  expect(app.address()).toBe("/");
});

test("S14: logging out with a session that is dead already succeeds", async () => {
  const stage = setStage();
  const app = await openLoggedIn("/dashboard/products");
  stage.session = ended;
  await logOut(app);
  await expectLoggedOut();
  expect(app.address()).toBe("/");
});

test("the choice of light or dark outlives the log-out, whose answer wipes this site's storage", async () => {
  setStage();
  const app = await openLoggedIn("/");
  await app.user.click(screen.getByRole("radio", { name: "Dark" }));
  mock(endpoints.auth.logout, () => {
    localStorage.clear();
    return { status: 204, body: null };
  });
  await logOut(app);
  await expectLoggedOut();
  await waitFor(() => expect(localStorage.getItem("mantine-color-scheme-value")).toBe("dark"));
});
