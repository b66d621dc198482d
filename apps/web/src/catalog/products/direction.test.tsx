import { screen, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openApp, openLoggedIn } from "../../../test/render-app.tsx";
import { card, product, setStage } from "../../../test/stage.ts";

const NAME = "قمر من ورق";
const DESCRIPTION = "صفحات مرسومة باليد";

test("a product's name and description begin at the side of their own script", async () => {
  setStage();
  const arabic = product("Paper moon", { name: NAME, descriptionHtml: `<p>${DESCRIPTION}</p>` });
  mock(endpoints.products.get, { status: 200, body: arabic });
  openApp(`/p/${arabic.slug}`);
  expect(await screen.findByRole("heading", { level: 1, name: NAME })).toHaveAttribute("dir", "auto");
  expect((await screen.findByText(DESCRIPTION)).closest("[dir]")).toHaveAttribute("dir", "auto");
  // Within a sentence it must not turn the words around it.
  expect(within(screen.getByRole("article")).getByText(arabic.store.name).tagName).toBe("BDI");
});

test("so does its name on a card", async () => {
  setStage();
  mock(endpoints.products.list, {
    status: 200,
    body: { items: [card("Paper moon", { name: NAME })], nextCursor: null },
  });
  openApp("/products");
  expect((await screen.findByRole("link", { name: NAME })).closest("[dir]")).toHaveAttribute("dir", "auto");
});

test("so do the fields in which it is written", async () => {
  setStage();
  await openLoggedIn("/products/new");
  for (const label of ["Name", "Description"])
    expect(await screen.findByRole("textbox", { name: new RegExp(`^${label}`) })).toHaveAttribute("dir", "auto");
});
