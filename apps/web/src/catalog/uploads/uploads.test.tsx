import { screen, waitFor, within } from "@testing-library/react";
import { type Content, endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { mockUpload, problemOf } from "../../../test/mock-uploads.ts";
import { openLoggedIn } from "../../../test/render-app.tsx";
import { idOf, ownProduct, setStage } from "../../../test/stage.ts";

const SIZE = 1_500_000;
const ID = idOf("upload");

const added: Content = {
  id: idOf("Field notes"),
  kind: "file",
  title: "Field notes",
  body: "",
  file: {
    ...{ name: "Field notes.zip", size: SIZE, sha256: null, version: 1, state: "checking" },
    addedAt: "2026-03-01T09:00:00.000Z",
  },
};

function setUploadStage(more: Partial<Parameters<typeof mockUpload>[0]>) {
  setStage();
  mock(endpoints.products.getOwn, { status: 200, body: ownProduct("Paper moon"), version: '"1-0123456789ab"' });
  const finished = mock(endpoints.uploads.finish, { status: 200, body: { items: [added] } });
  return { finished, parts: mockUpload({ id: ID, size: SIZE, ...more }) };
}

async function choose(file: File) {
  const app = await openLoggedIn("/dashboard/products/paper-moon");
  const section = within(await screen.findByRole("region", { name: "What buyers get" }));
  const input = (await section.findByRole("button", { name: "Add files" })).nextElementSibling as HTMLInputElement;
  await app.user.upload(input, file);
  return { app, section };
}

const file = new File([new Uint8Array(SIZE)], "Field notes.zip", { type: "application/zip" });
test("R150: a file is sent in parts, goes on after a failure, and is one of the contents", async () => {
  const { parts, finished } = setUploadStage({ failures: [() => new Response(null, { status: 503 })] });
  const { section } = await choose(file);
  expect(await section.findByText(/^Field notes\.zip · 1\.5 MB$/, {}, { timeout: 5000 })).toBeVisible();
  expect(section.getByText("Checking. Buyers can download it in a moment.")).toBeVisible();
  expect([parts, finished.map(({ params }) => params.id)]).toEqual([[1_048_576, SIZE - 1_048_576], [ID]]);
  expect(section.queryByRole("list", { name: "Uploads" })).toBeNull();
});

test("a file that is refused says why, and can be tried again or taken away", async () => {
  setUploadStage({ refusedBy: problemOf(413, "file_too_large", "This file is too large") });
  const { app, section } = await choose(file);
  expect(await section.findByRole("alert")).toHaveTextContent("This file is too large");
  expect(section.getByText(/^0% · 0 kB of 1\.5 MB · Failed$/)).toBeVisible();
  await app.user.click(section.getByRole("button", { name: "Cancel Field notes.zip" }));
  await waitFor(() => expect(section.queryByRole("list", { name: "Uploads" })).toBeNull());
});
