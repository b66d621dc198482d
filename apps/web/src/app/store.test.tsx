import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { main, openApp, openLoggedIn } from "../../test/render-app.tsx";
import { ada, bob, card, ownStore, product, setStage, storeOf, tokenOf } from "../../test/stage.ts";

const NEXT = tokenOf("next", 48);

function mockStore(names: string[], store = bob.store) {
  const items = names.map((name) => card(name, { store }));
  return mock(endpoints.stores.get, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { store: storeOf(store), items: [card("The last one", { store })], nextCursor: null }
      : { store: storeOf(store), items, nextCursor: names.length > 1 ? NEXT : null },
  }));
}

test("a store shows its name and its products, and the rest on demand", async () => {
  setStage();
  const asked = mockStore(["Paper moon", "Field notes"]);
  const app = openApp("/@bob");
  expect(await screen.findByRole("heading", { level: 1, name: "Bob" })).toBeVisible();
  expect(main().getByText("@bob")).toBeVisible();
  expect(document.title).toBe("Bob · Yumroad");
  expect(screen.getByRole("link", { name: "Paper moon" })).toHaveAttribute("href", "/p/paper-moon");
  expect(screen.getByText("Showing 2 products")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: "The last one" })).toHaveFocus();
  expect(screen.getByText("3 products")).toBeVisible();
  expect(asked.map(({ params, query }) => [params.handle, query.get("cursor")])).toEqual([
    ["bob", null],
    ["bob", NEXT],
  ]);
});

test("a store's name leads to it from the cards and from a product's page", async () => {
  setStage();
  mockStore(["Paper moon"]);
  mock(endpoints.products.list, {
    status: 200,
    body: { items: [card("Paper moon", { store: bob.store })], nextCursor: null },
  });
  mock(endpoints.products.get, { status: 200, body: product("Paper moon", { store: bob.store }) });
  const app = openApp("/products");
  await app.user.click(await screen.findByRole("link", { name: "Bob" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Bob" })).toHaveFocus();
  expect(app.address()).toBe("/@bob");
  await app.user.click(screen.getByRole("link", { name: "Paper moon" }));
  await screen.findByRole("heading", { level: 1, name: "Paper moon" });
  await app.user.click(screen.getByRole("link", { name: "Bob" }));
  await waitFor(() => expect(app.address()).toBe("/@bob"));
});

test.each(["/bob", "/@", "/@bob/more"])("%s is not found, and nothing is asked of the server", async (address) => {
  setStage();
  openApp(address);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("a store that is not there is not found", async () => {
  setStage();
  mock(endpoints.stores.get, { refusal: "not_found" });
  openApp("/@nobody");
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("a store that can't be loaded comes with another try", async () => {
  setStage();
  mock(endpoints.stores.get, "no answer");
  const app = openApp("/@bob");
  expect(await screen.findByText("The products could not be loaded")).toBeVisible();
  mockStore(["Paper moon"]);
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Bob" })).toBeVisible();
});

test("an empty store says so; one's own says what to do", async () => {
  setStage();
  mockStore([]);
  const stranger = openApp("/@bob");
  expect(await screen.findByText("No products yet")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Add product" })).not.toBeInTheDocument();
  expect(stranger.address()).toBe("/@bob");
});

test("one's own empty store leads to a first product", async () => {
  setStage();
  mockStore([], ada.store);
  await openLoggedIn("/@ada");
  expect(await screen.findByRole("link", { name: "Add product" })).toBeVisible();
  expect(main().getByRole("link", { name: "Your products" })).toBeVisible();
});

test("R88: the owner of a store that is taken down reads why, where others find nothing", async () => {
  setStage();
  mock(endpoints.stores.get, { refusal: "not_found" });
  const takenDownReason = "It sells copies";
  mock(endpoints.stores.getOwn, { status: 200, body: ownStore(ada.store, { takenDownReason }) });
  await openLoggedIn("/@ada");
  expect(await screen.findByRole("heading", { level: 1, name: "Your store was taken down" })).toBeVisible();
  expect(main().getByText(takenDownReason)).toBeVisible();
  expect(main().getByRole("link", { name: "Your products" })).toHaveAttribute("href", "/dashboard/products");
});

test("a store has its heading and its title before it is there, and when it can't be loaded", async () => {
  setStage();
  const answer = Promise.withResolvers<void>();
  mock(endpoints.stores.get, async () => {
    await answer.promise;
    return { refusal: "database_unavailable" };
  });
  openApp("/@bob");
  expect(await screen.findByRole("heading", { level: 1, name: "@bob" })).toBeVisible();
  expect(document.title).toBe("@bob · Yumroad");
  answer.resolve();
  expect(await screen.findByText("The products could not be loaded")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "@bob" })).toBeVisible();
});

test("R87: an address with a former handle becomes the present one, with all that stands behind it", async () => {
  setStage();
  const store = { handle: "bob-books", name: "Bob" };
  const asked = mock(endpoints.stores.get, {
    status: 200,
    body: { store: storeOf(store), items: [card("Paper moon", { store })], nextCursor: null },
  });
  const app = openApp("/@bob?from=letter#moon");
  expect(await screen.findByRole("heading", { level: 1, name: "Bob" })).toBeVisible();
  await waitFor(() => expect(app.address()).toBe("/@bob-books?from=letter#moon"));
  expect(await main().findByText("@bob-books")).toBeVisible();
  expect(asked.map(({ params }) => params.handle)).toEqual(["bob", "bob-books"]);
});

test("a store says what its seller wrote of it, with the legal information at its foot", async () => {
  setStage();
  const said = {
    bio: "Things to **fold**.",
    bioHtml: "<p>Things to <strong>fold</strong>.</p>",
    legalName: "Bob Ltd",
    legalAddress: "1 Road\nTown",
    contactEmail: "b&b@example.com",
  };
  mock(endpoints.stores.get, {
    status: 200,
    body: { store: storeOf(bob.store, said), items: [], nextCursor: null },
  });
  openApp("/@bob");
  expect(await screen.findByText("fold", { selector: "strong" })).toBeVisible();
  const imprint = within(screen.getByRole("region", { name: "Legal information" }));
  expect(imprint.getByText(/Bob Ltd\s+1 Road\s+Town/)).toBeVisible();
  expect(imprint.getByRole("link", { name: "b&b@example.com" })).toHaveAttribute("href", "mailto:b%26b@example.com");
});
