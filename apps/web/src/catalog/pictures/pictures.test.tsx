import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type Picture } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openLoggedIn } from "../../../test/render-app.tsx";
import { idOf, ownProduct, setStage } from "../../../test/stage.ts";

const ready = (name: string): Picture => ({
  ...{ id: idOf(name), name, state: "ready", alt: null },
  url: `/media/${idOf(name)}-640.webp`,
});

function setPictureStage(items: Picture[]) {
  setStage();
  mock(endpoints.products.getOwn, { status: 200, body: ownProduct("Paper moon"), version: '"1-0123456789ab"' });
  const kept = { items };
  const answer = () => ({ status: 200, body: { items: kept.items } }) as const;
  mock(endpoints.pictures.list, answer);
  const reordered = mock(endpoints.pictures.reorder, ({ body }) => {
    kept.items = body.ids.map((id) => kept.items.find((picture) => picture.id === id) as Picture);
    return answer();
  });
  const described = mock(endpoints.pictures.change, ({ body, params }) => {
    kept.items = kept.items.map((picture) => (picture.id === params.id ? { ...picture, ...body } : picture));
    return answer();
  });
  const removed = mock(endpoints.pictures.remove, ({ params }) => {
    kept.items = kept.items.filter(({ id }) => id !== params.id);
    return answer();
  });
  return { reordered, described, removed };
}

async function openPictures() {
  const app = await openLoggedIn("/dashboard/products/paper-moon");
  const section = within(await screen.findByRole("region", { name: "Pictures" }));
  await section.findByRole("list", { name: "Pictures" });
  return { app, section };
}

test("R154: a picture is described", async () => {
  const { described } = setPictureStage([ready("one.png"), ready("two.png")]);
  const { app, section } = await openPictures();
  await app.user.type(section.getAllByLabelText("Description")[0] as HTMLElement, "A moon");
  await app.user.click(section.getByRole("button", { name: "Save description of picture 1" }));
  expect(await screen.findByText("Description saved")).toBeVisible();
  expect(described.map(({ body }) => body)).toEqual([{ alt: "A moon" }]);
});

test("R154: pictures are moved by keyboard, and removed", async () => {
  const { reordered, removed } = setPictureStage([ready("one.png"), ready("two.png")]);
  const { app, section } = await openPictures();
  section.getByRole("button", { name: "Move picture 2 up" }).focus();
  await app.user.keyboard("{Enter}");
  expect(await screen.findByText("Picture moved: it’s number 1 of 2")).toBeVisible();
  expect(reordered.map(({ body }) => body.ids)).toEqual([[idOf("two.png"), idOf("one.png")]]);
  await app.user.click(section.getByRole("button", { name: "Remove picture 2" }));
  await waitFor(() => expect(section.getAllByRole("listitem")).toHaveLength(1));
  expect(removed.map(({ params }) => params.id)).toEqual([idOf("one.png")]);
});

test("R155: a picture that was refused says so", async () => {
  setPictureStage([{ id: idOf("x"), name: "x.png", state: "refused", url: null, alt: null }]);
  const { section } = await openPictures();
  expect(section.getByText("This file can’t be used as a picture. Remove it and try another one.")).toBeVisible();
});
