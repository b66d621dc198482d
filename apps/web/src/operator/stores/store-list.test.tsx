import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type ListedStore, type TakenDownProduct } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openApp } from "../../../test/render-app.tsx";
import { ada, adaAsOperator, bob, sessionOf, setStage } from "../../../test/stage.ts";

const PAGE = "/operator/stores";

function listed(more: Partial<ListedStore> = {}): ListedStore {
  return {
    ...bob.store,
    ownerEmail: bob.email,
    publishedProducts: 3,
    takenDownReason: null,
    createdAt: "2026-01-02T03:04:05.000Z",
    ...more,
  };
}

function setStores(stores: ListedStore[], takenDown: TakenDownProduct[] = []) {
  setStage(sessionOf(adaAsOperator));
  mock(endpoints.operator.listTakenDownProducts, { status: 200, body: { items: takenDown, nextCursor: null } });
  return mock(endpoints.operator.listStores, { status: 200, body: { items: stores, nextCursor: null } });
}

async function itemOf(handle: string) {
  const list = within(await screen.findByRole("list", { name: "Stores" }));
  return within((await list.findByText(new RegExp(`@${handle} ·`))).closest("li") as HTMLElement);
}

test("stores are listed with their owner and counts; one that is taken down has its reason and no link", async () => {
  setStores([
    listed(),
    listed({ handle: "copies", name: "Copies", publishedProducts: 0, takenDownReason: "It sells copies" }),
  ]);
  openApp(PAGE);
  const open = await itemOf("bob");
  expect(open.getByRole("link", { name: "Bob" })).toHaveAttribute("href", "/@bob");
  expect(open.getByText(/3 published products/)).toBeVisible();
  expect(open.getByText(/bob@example.com/)).toBeVisible();
  const down = await itemOf("copies");
  expect(down.getByText("Taken down")).toBeVisible();
  expect(down.getByText("Reason: It sells copies")).toBeVisible();
  expect(down.queryByRole("link")).not.toBeInTheDocument();
  expect(document.title).toBe("Stores · Yumroad");
});

test("R88: a store is taken down with a reason that has to be given, and put back", async () => {
  setStores([listed()]);
  const downs = mock(endpoints.operator.takeDownStore, ({ body }) => ({
    status: 200,
    body: listed({ publishedProducts: 0, takenDownReason: body.reason }),
  }));
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Take down… Bob" }));
  const dialog = await screen.findByRole("form", { name: "Take down Bob?" });
  await app.user.click(within(dialog).getByRole("button", { name: "Take down" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Please fix the following");
  await app.user.type(within(dialog).getByLabelText("Reason"), "It sells copies");
  await app.user.click(within(dialog).getByRole("button", { name: "Take down" }));
  expect(await screen.findByText("Bob is taken down")).toBeVisible();
  expect(downs.map(({ params, body }) => [params.handle, body])).toEqual([["bob", { reason: "It sells copies" }]]);
  expect((await itemOf("bob")).getByText("Reason: It sells copies")).toBeVisible();
  mock(endpoints.operator.putBackStore, { status: 200, body: listed({ takenDownReason: null }) });
  await app.user.click(screen.getByRole("button", { name: "Put back Bob" }));
  expect(await screen.findByText("Bob is back")).toBeVisible();
});

test("R88: a product is taken down and put back by its link; a text that is none is refused here", async () => {
  setStores([]);
  const product = { slug: "paper-moon", name: "Paper moon", store: bob.store };
  const downs = mock(endpoints.operator.takeDownProduct, ({ body: { reason } }) => ({
    status: 200,
    body: { ...product, status: "archived" as const, takenDownReason: reason },
  }));
  const app = openApp(PAGE);
  const field = await screen.findByLabelText("Product link");
  await app.user.click(screen.getByRole("button", { name: "Take down…" }));
  expect(field).toHaveAccessibleDescription(/Enter a product’s link/);
  await app.user.type(field, "https://shop.example/p/paper-moon?from=letter");
  await app.user.click(screen.getByRole("button", { name: "Take down…" }));
  const dialog = await screen.findByRole("form", { name: "Take down “paper-moon”?" });
  await app.user.type(within(dialog).getByLabelText("Reason"), "A copy");
  await app.user.click(within(dialog).getByRole("button", { name: "Take down" }));
  expect(await screen.findByText("“Paper moon” is taken down")).toBeVisible();
  expect(downs.map(({ params, body }) => [params.slug, body])).toEqual([["paper-moon", { reason: "A copy" }]]);

  mock(endpoints.operator.putBackProduct, { refusal: "not_found" });
  await app.user.type(field, "paper-moon");
  await app.user.click(screen.getByRole("button", { name: "Put back" }));
  expect(await screen.findByText(/Couldn’t put back this product/)).toBeVisible();
  mock(endpoints.operator.putBackProduct, {
    status: 200,
    body: { ...product, status: "published", takenDownReason: null },
  });
  await app.user.click(screen.getByRole("button", { name: "Put back" }));
  expect(await screen.findByText("“Paper moon” is back")).toBeVisible();
  await waitFor(() => expect(field).toHaveValue(""));
});

test("R88: products that are taken down are found again, with their reason, and put back", async () => {
  const takenDown = {
    ...{ slug: "paper-moon", name: "Paper moon", status: "archived" as const, store: bob.store },
    ...{ takenDownReason: "A copy", takenDownAt: "2026-01-02T03:04:05.000Z" },
  };
  setStores([], [takenDown]);
  const asked = mock(endpoints.operator.putBackProduct, {
    status: 200,
    body: { slug: "paper-moon", name: "Paper moon", status: "published", store: bob.store, takenDownReason: null },
  });
  const app = openApp(PAGE);
  const section = within(await screen.findByRole("region", { name: "Products that are taken down" }));
  expect(await section.findByText("Reason: A copy")).toBeVisible();
  expect(section.getByText(/Bob \(@bob\)/)).toBeVisible();
  mock(endpoints.operator.listTakenDownProducts, { status: 200, body: { items: [], nextCursor: null } });
  await app.user.click(section.getByRole("button", { name: "Put back “Paper moon”" }));
  expect(await screen.findByText("“Paper moon” is back")).toBeVisible();
  expect(asked.map(({ params }) => params.slug)).toEqual(["paper-moon"]);
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "Products that are taken down" })).not.toBeInTheDocument(),
  );
});

test("for who is no operator there is no such page", async () => {
  setStage(sessionOf(ada));
  openApp(PAGE);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});
