import { screen, waitFor, within } from "@testing-library/react";
import { type Content, endpoints, type ProductStatus } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { type App, fillInLogIn, openLoggedIn } from "../../../test/render-app.tsx";
import { ada, ended, idOf, ownProduct, PASSWORD, setStage } from "../../../test/stage.ts";

const ADDRESS = "/dashboard/products/paper-moon";

const note = (title: string, body = "Fold it **once**."): Content => ({
  id: idOf(title),
  kind: "note",
  title,
  body,
  file: null,
});
const link = (title: string, body = "https://example.com/video"): Content => ({
  id: idOf(title),
  kind: "link",
  title,
  body,
  file: null,
});

/** A server with a product of Ada's, and what its buyers get. */
function setContentStage(items: Content[] = [], status: ProductStatus = "published") {
  const stage = setStage();
  const kept = { items };
  const answer = () => ({ items: kept.items });
  mock(endpoints.products.getOwn, {
    status: 200,
    body: ownProduct("Paper moon", { status }),
    version: '"1-0123456789ab"',
  });
  const reads = mock(endpoints.contents.list, () => ({ status: 200, body: answer() }));
  const added = mock(endpoints.contents.create, ({ body }) => {
    kept.items = [...kept.items, { id: idOf(body.title), file: null, ...body }];
    return { status: 201, body: answer() };
  });
  const changed = mock(endpoints.contents.change, ({ body, params }) => {
    kept.items = kept.items.map((item) => (item.id === params.id ? { ...item, ...body } : item));
    return { status: 200, body: answer() };
  });
  const removed = mock(endpoints.contents.remove, ({ params }) => {
    kept.items = kept.items.filter(({ id }) => id !== params.id);
    return { status: 200, body: answer() };
  });
  return Object.assign(stage, { kept, reads, added, changed, removed });
}

const section = async () => within(await screen.findByRole("region", { name: "What buyers get" }));

async function rows() {
  const list = await (await section()).findByRole("list", { name: "What buyers get" });
  return within(list).getAllByRole("listitem");
}

/** A notice may be there a moment before the list is. */
const expectRows = (texts: string[]) =>
  waitFor(async () => expect((await rows()).map(({ textContent }) => textContent)).toEqual(texts));

async function press(app: App, name: string) {
  await app.user.click(await screen.findByRole("button", { name }));
}

async function fill(app: App, form: string, values: Record<string, string>) {
  const fields = within(await screen.findByRole("form", { name: form }));
  for (const [label, text] of Object.entries(values)) {
    await app.user.clear(fields.getByLabelText(label));
    // At once: letter by letter the page would be rendered dozens of times.
    await app.user.paste(text);
  }
}

test("a note is added at the end, and the answer is the list", async () => {
  const { added, reads } = setContentStage([link("Video")]);
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add a note");
  expect(screen.getByLabelText("Title")).toHaveFocus();
  await fill(app, "Add a note", { Title: " Thank you ", Note: "Fold it **once**." });
  await press(app, "Save note");
  expect(await screen.findByText("“Thank you” is added")).toBeVisible();
  await expectRows(["VideoLinkhttps://example.com/videoEditRemove…", "Thank youNoteEditRemove…"]);
  expect(added.map(({ body, params }) => [body, params.slug])).toEqual([
    [{ kind: "note", title: "Thank you", body: "Fold it **once**." }, "paper-moon"],
  ]);
  expect(reads).toHaveLength(1);
  // What is saved can be left without a question.
  await app.user.click(screen.getByRole("link", { name: "Your products" }));
  await waitFor(() => expect(app.address()).toBe("/dashboard/products"));
});

test("a link is added by its https address; another address is marked, and nothing is sent", async () => {
  const { added } = setContentStage();
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Nothing yet. Buyers get what you add here.")).toBeVisible();
  await press(app, "Add a link");
  await fill(app, "Add a link", { Link: "http://example.com" });
  await press(app, "Save link");
  expect(screen.getByLabelText("Title")).toHaveAccessibleDescription(/Enter a title/);
  expect(screen.getByLabelText("Link")).toHaveAccessibleDescription(/begins with https:\/\//);
  expect(added).toHaveLength(0);
  await fill(app, "Add a link", { Title: "Video", Link: "https://example.com/video" });
  await press(app, "Save link");
  const [row] = await rows();
  const address = within(row as HTMLElement).getByRole("link", { name: "https://example.com/video" });
  expect([address.getAttribute("href"), address.getAttribute("rel")]).toEqual([
    "https://example.com/video",
    "noopener noreferrer",
  ]);
});

test("a fault that the server finds is told at its field, and what was typed stays", async () => {
  setContentStage();
  mock(endpoints.contents.create, { refusal: "invalid_input", variant: "no https" });
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add a link");
  await fill(app, "Add a link", { Title: "Video", Link: "https://example.com" });
  await press(app, "Save link");
  await waitFor(() => expect(screen.getByLabelText("Link")).toHaveAccessibleDescription(/begins with https/));
  expect(screen.getByLabelText("Title")).toHaveValue("Video");
});

test.each([
  ["too_many_contents", /at most 50 files, notes and links\. Remove one to add another/],
  ["rate_limited", /Too many attempts\. Try again in/],
] as const)("one that is refused as %s says so, and what was typed stays", async (refusal, words) => {
  setContentStage();
  mock(endpoints.contents.create, { refusal });
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add a note");
  await fill(app, "Add a note", { Title: "Thank you", Note: "Fold it" });
  await press(app, "Save note");
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.getByLabelText("Note")).toHaveValue("Fold it");
});

test("one is edited in its place; Cancel leaves it as it was", async () => {
  const { changed } = setContentStage([note("First"), note("Second")]);
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Edit First");
  await fill(app, "Edit First", { Title: "Another" });
  await press(app, "Cancel");
  expect((await rows())[0]).toHaveFocus();
  expect((await rows())[0]).toHaveTextContent(/^FirstNote/);
  await press(app, "Edit First");
  expect(screen.getByLabelText("Note")).toHaveValue("Fold it **once**.");
  await fill(app, "Edit First", { Title: "One", Note: "Twice." });
  await press(app, "Save note");
  expect(await screen.findByText("“One” is saved")).toBeVisible();
  await expectRows(["OneNoteEditRemove…", "SecondNoteEditRemove…"]);
  expect(changed.map(({ body, params }) => [body, params.id])).toEqual([
    [{ kind: "note", title: "One", body: "Twice." }, idOf("First")],
  ]);
});

test("one that was removed meanwhile says so when it is saved, and what was typed stays", async () => {
  setContentStage([note("First")]);
  mock(endpoints.contents.change, { refusal: "not_found" });
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Edit First");
  await fill(app, "Edit First", { Note: "Twice." });
  await press(app, "Save note");
  expect(await screen.findByText(/Someone removed this/)).toBeVisible();
  expect(screen.getByLabelText("Note")).toHaveValue("Twice.");
});

test("one is removed once that was confirmed, and not before", async () => {
  const { removed } = setContentStage([note("First"), note("Second")]);
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Remove… First");
  const dialog = within(await screen.findByRole("dialog", { name: "Remove “First”?" }));
  await waitFor(() => expect(dialog.getByRole("button", { name: "Cancel" })).toHaveFocus());
  await app.user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(removed).toHaveLength(0);
  await press(app, "Remove… First");
  await press(app, "Remove");
  expect(await screen.findByText("“First” is removed")).toBeVisible();
  await expectRows(["SecondNoteEditRemove…"]);
  await waitFor(() => expect(screen.getByRole("heading", { name: "What buyers get" })).toHaveFocus());
});

test("one that could not be removed says so; one that is gone already is gone", async () => {
  const stage = setContentStage([note("First")]);
  mock(endpoints.contents.remove, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Remove… First");
  await press(app, "Remove");
  expect(await screen.findByText(/Couldn’t remove “First”\./)).toBeVisible();
  mock(endpoints.contents.remove, () => {
    stage.kept.items = [];
    return { refusal: "not_found" };
  });
  await press(app, "Remove… First");
  await press(app, "Remove");
  expect(await screen.findByText("Nothing yet. Buyers get what you add here.")).toBeVisible();
});

test("what is not saved warns before it is left, and is kept through a reload", async () => {
  setContentStage([note("First")]);
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Edit First");
  await fill(app, "Edit First", { Note: "Twice." });
  await press(app, "Add a link");
  await fill(app, "Add a link", { Title: "Video" });
  await app.user.click(screen.getByRole("link", { name: "Your products" }));
  await press(app, "Stay here");
  const reloaded = app.reload();
  expect(await screen.findByLabelText("Note")).toHaveValue("Twice.");
  const form = within(screen.getByRole("form", { name: "Add a link" }));
  expect(form.getByLabelText("Title")).toHaveValue("Video");
  await reloaded.user.click(form.getByRole("button", { name: "Cancel" }));
  await press(reloaded, "Discard it");
  expect(screen.getByLabelText("Note")).toHaveValue("Fold it **once**.");
  await reloaded.user.click(screen.getByRole("link", { name: "Your products" }));
  await waitFor(() => expect(reloaded.address()).toBe("/dashboard/products"));
});

test("R38: a note outlives the session", async () => {
  const stage = setContentStage();
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add a note");
  await fill(app, "Add a note", { Title: "Thank you", Note: "Fold it" });
  stage.session = ended;
  mock(endpoints.contents.create, { refusal: "unauthenticated" });
  await press(app, "Save note");
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  await fillInLogIn(app, ada.email, PASSWORD);
  expect(await screen.findByLabelText("Note")).toHaveValue("Fold it");
});

test("with the product deleted, a note that is not saved asks nothing and leaves nothing behind", async () => {
  setContentStage();
  mock(endpoints.products.delete, { status: 204, body: null });
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add a note");
  await fill(app, "Add a note", { Title: "Thank you" });
  await press(app, "Delete product…");
  await press(app, "Delete product");
  expect(await screen.findByText("“Paper moon” is deleted")).toBeVisible();
  await waitFor(() => expect(app.address()).toBe("/dashboard/products"));
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Thank you");
});

test("a published product without any hints at it, until there is one", async () => {
  setContentStage();
  const app = await openLoggedIn(ADDRESS);
  await press(app, "Add what buyers get");
  await app.user.tab();
  expect(screen.getByRole("button", { name: "Add a note" })).toHaveFocus();
  await press(app, "Add a note");
  await fill(app, "Add a note", { Title: "Thank you", Note: "Fold it" });
  await press(app, "Save note");
  await screen.findByText("“Thank you” is added");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Add what buyers get" })).not.toBeInTheDocument());
});

test("a draft hints at nothing", async () => {
  setContentStage([], "draft");
  await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Nothing yet. Buyers get what you add here.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Add what buyers get" })).not.toBeInTheDocument();
});

test("contents that could not be loaded come with another try", async () => {
  setContentStage([note("First")]);
  mock(endpoints.contents.list, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("What buyers get could not be loaded")).toBeVisible();
  mock(endpoints.contents.list, { status: 200, body: { items: [note("First")] } });
  await app.user.click((await section()).getByRole("button", { name: "Try again" }));
  expect(await rows()).toHaveLength(1);
});
