import { act, screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, onTestFinished, test, vi } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openApp, openLoggedIn } from "../../../test/render-app.tsx";
import { card, ownCard, product, setStage, tokenOf } from "../../../test/stage.ts";

test("the home page shows the newest products, each leading to its page, with the price in words or money", async () => {
  setStage();
  mock(endpoints.products.list, {
    status: 200,
    body: {
      items: [card("Paper moon"), card("Field notes", { price: { amount: 0, currency: "EUR" } })],
      nextCursor: null,
    },
  });
  openApp("/");
  expect(await screen.findByRole("link", { name: "Paper moon" })).toHaveAttribute("href", "/p/paper-moon");
  expect(screen.getByText("€12.00")).toBeVisible();
  expect(screen.getByText("Free")).toBeVisible();
  expect(screen.getByRole("link", { name: "API" })).toHaveAttribute("href", "/api/docs");
});

test("R101: a card tells from where on buyers name the price", async () => {
  setStage();
  mock(endpoints.products.listOwn, {
    status: 200,
    body: { items: [ownCard("Paper moon", { pricing: "pay_what_you_want" })], nextCursor: null },
  });
  await openLoggedIn("/dashboard/products");
  expect(await screen.findByText("€12.00+")).toBeVisible();
});

test("an empty shop says so, and offers to be the first", async () => {
  setStage();
  openApp("/");
  expect(await screen.findByText(/No products yet/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Add a product" })).toBeVisible();
});

test("what takes longer than a moment is said to be loading", async () => {
  setStage();
  const { promise, resolve } = Promise.withResolvers<void>();
  mock(endpoints.products.list, async () => {
    await promise;
    return { status: 200, body: { items: [card("Paper moon")], nextCursor: null } };
  });
  openApp("/products");
  expect(await screen.findByText("Loading products")).toBeInTheDocument();
  resolve();
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
  expect(screen.queryByText("Loading products")).not.toBeInTheDocument();
});

test("a list that fails says what happened, and comes with another try", async () => {
  setStage();
  mock(endpoints.products.list, { refusal: "internal_error" });
  const app = openApp("/products");
  expect(await screen.findByText("The products could not be loaded")).toBeVisible();
  mock(endpoints.products.list, { status: 200, body: { items: [card("Paper moon")], nextCursor: null } });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
});

test("the rest comes on demand; when it fails, what was there stays", async () => {
  setStage();
  mock(endpoints.products.list, ({ query }) =>
    query.has("cursor")
      ? { refusal: "internal_error" }
      : { status: 200, body: { items: [card("Paper moon")], nextCursor: tokenOf("c1", 48) } },
  );
  const app = openApp("/products");
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByText(/Couldn’t load more/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Paper moon" })).toBeVisible();
  const asked = mock(endpoints.products.list, {
    status: 200,
    body: { items: [card("Field notes")], nextCursor: null },
  });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Field notes" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Paper moon" })).toBeVisible();
  expect(screen.getByText("2 products")).toBeVisible();
  // The focus moves to the first of the new items.
  expect(screen.getByRole("link", { name: "Field notes" })).toHaveFocus();
  expect(asked[0]?.query.get("cursor")).toBe(tokenOf("c1", 48));
});

test("search follows the typing, once it pauses, and lives in the address", async () => {
  setStage();
  const asked = mock(endpoints.products.list, ({ query }) => ({
    status: 200,
    body: { items: query.get("q") === "moon" ? [card("Paper moon")] : [], nextCursor: null },
  }));
  const app = openApp("/products");
  await app.user.type(await screen.findByRole("searchbox", { name: "Search products" }), "moon");
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
  expect(app.address()).toBe("/products?q=moon");
  expect(asked.map(({ query }) => query.get("q"))).toEqual([null, "moon"]);
  await app.user.clear(screen.getByRole("searchbox"));
  await app.user.type(screen.getByRole("searchbox"), "xyz");
  expect(await screen.findByText("No products found for “xyz”.")).toBeVisible();
  await app.user.click(screen.getByRole("link", { name: "Show all products" }));
  await waitFor(() => expect(screen.getByRole("searchbox")).toHaveValue(""));
  expect(app.address()).toBe("/products");
  await app.goBack();
  expect(await screen.findByText("No products found for “xyz”.")).toBeVisible();
  expect(screen.getByRole("searchbox")).toHaveValue("xyz");
});

/** The live region, once it says these words. */
async function findStatus(words: string): Promise<HTMLElement> {
  return await waitFor(() => {
    const [saying] = screen.getAllByRole("status").filter((status) => status.textContent.startsWith(words));
    if (saying === undefined) throw new Error(`No status says “${words}”`);
    return saying;
  });
}

test("how many there are, and that a search found nothing, is read out: one region that is there throughout says it", async () => {
  setStage();
  const answer = Promise.withResolvers<void>();
  mock(endpoints.products.list, async ({ query }) => {
    await answer.promise;
    const items = query.get("q") === "xyz" ? [] : [card("Paper moon"), card("Field notes")];
    return { status: 200, body: { items, nextCursor: null } };
  });
  const app = openApp("/products");
  await screen.findByRole("searchbox");
  const silent = screen.getAllByRole("status").filter((status) => status.textContent === "");
  answer.resolve();
  const status = await findStatus("2 products");
  expect(silent).toContain(status);
  await app.user.type(screen.getByRole("searchbox"), "xyz");
  expect(await findStatus("No products found for “xyz”.")).toBe(status);
  expect(status).toHaveTextContent(/^No products found for “xyz”\.Show all products$/);
  await app.user.clear(screen.getByRole("searchbox"));
  expect(await findStatus("2 products")).toBe(status);
  expect(status).toHaveTextContent(/^2 products$/);
});

test.each([
  ["another search", "moon"],
  ["all products", "{Delete}"],
])("that a search found nothing is not said of %s, which is not answered yet", async (_, keys) => {
  setStage();
  const answer = Promise.withResolvers<void>();
  mock(endpoints.products.list, async ({ query }) => {
    if (query.get("q") === "xyz") return { status: 200, body: { items: [], nextCursor: null } };
    await answer.promise;
    return { status: 200, body: { items: [card("Paper moon")], nextCursor: null } };
  });
  const app = openApp("/products?q=xyz");
  expect(await screen.findByText("No products found for “xyz”.")).toBeVisible();
  await app.user.tripleClick(screen.getByRole("searchbox"));
  await app.user.keyboard(keys);
  expect(await screen.findByText("Loading products")).toBeInTheDocument();
  expect(screen.queryByText(/^(?:No products found|No products yet)/)).not.toBeInTheDocument();
  answer.resolve();
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
});

test("after a search that found nothing, one that fails says so, and keeps “Try again” where it was pressed", async () => {
  setStage();
  mock(endpoints.products.list, ({ query }) =>
    query.get("q") === "xyz" ? { status: 200, body: { items: [], nextCursor: null } } : { refusal: "internal_error" },
  );
  const app = openApp("/products?q=xyz");
  expect(await screen.findByText("No products found for “xyz”.")).toBeVisible();
  await app.user.tripleClick(screen.getByRole("searchbox"));
  await app.user.keyboard("moon");
  const again = await screen.findByRole("button", { name: "Try again" });
  const answer = Promise.withResolvers<void>();
  mock(endpoints.products.list, async () => {
    await answer.promise;
    return { status: 200, body: { items: [card("Paper moon")], nextCursor: null } };
  });
  await app.user.click(again);
  await waitFor(() => expect(again).toHaveAttribute("aria-busy", "true"));
  expect(again).toHaveFocus();
  answer.resolve();
  expect(await screen.findByRole("link", { name: "Paper moon" })).toHaveFocus();
});

test("a product's page shows it; its description is the server's HTML", async () => {
  setStage();
  mock(endpoints.products.get, {
    status: 200,
    body: product("Paper moon", { descriptionHtml: "<p>&lt;b&gt;Bold&lt;/b&gt;\nsecond <em>line</em></p>" }),
  });
  openApp("/p/paper-moon");
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(screen.getByText(/<b>Bold<\/b>/)).toBeVisible();
  expect(await screen.findByText("line")).toHaveProperty("tagName", "EM");
  expect(screen.getByRole("main").querySelector("b")).toBeNull();
  expect(screen.getByText("€12.00")).toBeVisible();
  // The seller is named once.
  expect(screen.getByRole("link", { name: "Ada" })).toHaveAttribute("href", "/@ada");
  expect(screen.getByText("@ada")).toBeVisible();
  expect(document.title).toBe("Paper moon · Yumroad");
});

test("a card becomes the page of its product, where the browser can show that and its user wants to see it", async () => {
  setStage();
  mock(endpoints.products.list, { status: 200, body: { items: [card("Paper moon")], nextCursor: null } });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  const start = vi.fn<(update: () => Promise<void>) => object>((update) => {
    const done = Promise.resolve().then(update);
    return { ready: done, updateCallbackDone: done, finished: done, skipTransition() {} };
  });
  Object.assign(document, { startViewTransition: start });
  onTestFinished(() => void Reflect.deleteProperty(document, "startViewTransition"));
  const app = openApp("/products");
  await app.user.click(await screen.findByRole("link", { name: "Paper moon" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(start).toHaveBeenCalledOnce();
  vi.spyOn(window, "matchMedia").mockReturnValue({ ...window.matchMedia(""), matches: true });
  await app.goTo("/products");
  await app.user.click(await screen.findByRole("link", { name: "Paper moon" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(start).toHaveBeenCalledOnce();
});

test("before they pay, buyers read what they get; of a long list, as much as leaves room for the button", async () => {
  setStage();
  const { contents } = recorded(endpoints.products.get, "success: with a note and a link");
  mock(endpoints.products.get, { status: 200, body: product("Paper moon", { contents }) });
  const app = openApp("/p/paper-moon");
  const list = within(await screen.findByRole("region", { name: "What you get" }));
  expect(list.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["Thank youNote", "VideoLink"]);
  // The price is said once.
  expect(screen.getAllByText(/€12.00/)).toHaveLength(1);
  const many = Array.from({ length: 8 }, (_, index) => ({
    kind: "note" as const,
    file: null,
    title: `Part ${index + 1}`,
  }));
  mock(endpoints.products.get, { status: 200, body: product("Paper moon", { contents: many }) });
  app.reload();
  expect(await screen.findByText("and 3 more")).toBeVisible();
  expect(screen.getByText("Part 5")).toBeVisible();
  expect(screen.queryByText("Part 6")).not.toBeInTheDocument();
});

test("buyers read of no description that is missing", async () => {
  setStage();
  mock(endpoints.products.get, { status: 200, body: product("Paper moon") });
  openApp("/p/paper-moon");
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toBeVisible();
  expect(screen.queryByText("No description yet.")).not.toBeInTheDocument();
});

test("a product that is not there is a page that says so", async () => {
  setStage();
  mock(endpoints.products.get, { refusal: "not_found" });
  openApp("/p/nope");
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("a product that could not be loaded is a page that says so; the focus goes on to what another try brings", async () => {
  setStage();
  mock(endpoints.products.get, "no answer");
  const app = openApp("/p/paper-moon");
  expect(await screen.findByRole("heading", { level: 1, name: "Couldn’t load this product" })).toBeVisible();
  expect(document.title).toBe("Couldn’t load this product · Yumroad");
  const answer = Promise.withResolvers<void>();
  mock(endpoints.products.get, async () => {
    await answer.promise;
    return { status: 200, body: product("Paper moon") };
  });
  const again = screen.getByRole("button", { name: "Try again" });
  await app.user.click(again);
  await waitFor(() => expect(again).toHaveAttribute("aria-busy", "true"));
  expect(again).toHaveFocus();
  answer.resolve();
  expect(await screen.findByRole("heading", { level: 1, name: "Paper moon" })).toHaveFocus();
});

/** Three pages of one product each. */
function mockPages() {
  const cursors = [null, tokenOf("c1", 48), tokenOf("c2", 48)];
  return mock(endpoints.products.list, ({ query }) => {
    const place = cursors.indexOf(query.get("cursor"));
    return { status: 200, body: { items: [card(`Thing ${place}`)], nextCursor: cursors[place + 1] ?? null } };
  });
}

test("how much of a list is shown stands in the address, and is there again after a reload", async () => {
  setStage();
  mockPages();
  const app = openApp("/products?q=thing");
  expect(await screen.findByText("Showing 1 products")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: "Thing 1" })).toHaveFocus();
  expect(app.address()).toBe("/products?q=thing&pages=2");
  app.reload();
  expect(await screen.findByRole("link", { name: "Thing 1" })).toBeVisible();
  expect(screen.getByText("Showing 2 products")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Thing 2" })).not.toBeInTheDocument();
});

test.each(["9999", "-3", "x", ""])("an address that wants %j pages gets what there is", async (pages) => {
  setStage();
  const asked = mockPages();
  openApp(`/products?pages=${pages}`);
  expect(await screen.findByText(pages === "9999" ? "3 products" : "Showing 1 products")).toBeVisible();
  expect(asked).toHaveLength(pages === "9999" ? 3 : 1);
});

test.each([["a".repeat(150)], ["moon\0light"], [`${"a".repeat(99)}🌙`], ["\ud83c"]])(
  "an address with a search that nobody could type (%j) shows what can be searched for",
  async (q) => {
    setStage();
    mock(endpoints.products.list, { status: 200, body: { items: [card("Paper moon")], nextCursor: null } });
    openApp(`/products?${new URLSearchParams({ q })}`);
    expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
  },
);

function goOffline(isOffline: boolean) {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(!isOffline);
  window.dispatchEvent(new Event(isOffline ? "offline" : "online"));
}

test("offline says so for as long as it is; what failed is asked for again when the connection is back", async () => {
  setStage();
  mock(endpoints.products.list, "no answer");
  openApp("/products");
  await screen.findByRole("heading", { level: 1, name: "Browse" });
  act(() => goOffline(true));
  expect(await screen.findByText(/^You’re offline\. We’ll reconnect automatically/)).toBeVisible();
  expect(await screen.findByText("The products could not be loaded")).toBeVisible();
  mock(endpoints.products.list, { status: 200, body: { items: [card("Paper moon")], nextCursor: null } });
  act(() => goOffline(false));
  expect(await screen.findByRole("link", { name: "Paper moon" })).toBeVisible();
  await waitFor(() => expect(screen.queryByText(/^You’re offline/)).not.toBeInTheDocument());
});
