import { act, screen, waitFor, within } from "@testing-library/react";
import { endpoints, type OwnProduct } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { type App, fillInLogIn, openApp, openLoggedIn } from "../../../test/render-app.tsx";
import { ada, ended, ownProduct, setStage } from "../../../test/stage.ts";

const ADDRESS = "/dashboard/products/paper-moon";

const moon = ownProduct("Paper moon", { description: "For quiet rooms", price: { amount: 1200, currency: "EUR" } });

/** A version tag in the server's format, which contains a part of the product's id. */
function versionTag(version: number): string {
  return `"${version}-0123456789ab"`;
}

/** A server with one product: versions count up, and a change has to name the newest. */
function keepProduct(initial: OwnProduct = moon) {
  const kept = { product: initial, version: 1 };
  const reads = mock(endpoints.products.getOwn, () => ({
    status: 200,
    body: kept.product,
    version: versionTag(kept.version),
  }));
  const updates = mock(endpoints.products.update, ({ body, ifMatch }) => {
    if (ifMatch === null) return { refusal: "precondition_required" };
    if (ifMatch !== versionTag(kept.version)) return { refusal: "version_conflict" };
    change({ ...(body as Partial<OwnProduct>), ...("price" in body && { needsPriceCheck: false }) });
    return { status: 200, body: kept.product, version: versionTag(kept.version) };
  });
  function change(values: Partial<OwnProduct>) {
    kept.product = { ...kept.product, ...values };
    kept.version += 1;
  }
  return { kept, reads, updates, change };
}

async function type(app: App, label: string, text: string) {
  const field = await screen.findByLabelText(label);
  await app.user.clear(field);
  await app.user.type(field, text);
}

async function save(app: App) {
  await app.user.click(screen.getByRole("button", { name: "Save" }));
}

function conflict() {
  return screen.findByRole("region", { name: "Someone else edited this product" });
}

test("anonymous, the edit page leads to the log-in page and back", async () => {
  setStage();
  keepProduct();
  const app = openApp(ADDRESS);
  expect(await screen.findByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  expect(screen.getByText("Then we’ll take you back to “Edit product”")).toBeVisible();
  await fillInLogIn(app, ada.email, "nine purple walruses");
  expect(await screen.findByLabelText("Name")).toHaveValue("Paper moon");
  expect(app.address()).toBe(ADDRESS);
});

test("it is filled with what is there, and the preview is the product's page", async () => {
  setStage();
  keepProduct(
    ownProduct("Paper moon", { price: { amount: 1205, currency: "CHF" }, description: "# Four\n\nquiet *rooms*" }),
  );
  await openLoggedIn(ADDRESS);
  expect(await screen.findByLabelText("Price")).toHaveValue("12.05");
  expect(screen.getByLabelText("Currency")).toHaveValue("CHF");
  expect(screen.getByLabelText("Status")).toHaveValue("published");
  const preview = within(screen.getByRole("region", { name: "Preview" }));
  expect(await preview.findByRole("heading", { level: 4, name: "Four" })).toBeVisible();
  expect(document.title).toBe("Edit Paper moon · Yumroad");
});

test("only what changed is sent, with the version it was typed over, time after time", async () => {
  setStage();
  const { updates, kept } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Price", "15");
  await save(app);
  expect(await screen.findByText("“Paper moon” is saved")).toBeVisible();
  await type(app, "Name", "  Silver moon ");
  await save(app);
  expect(await screen.findByText("“Silver moon” is saved")).toBeVisible();
  expect(updates.map(({ body, ifMatch }) => [body, ifMatch])).toEqual([
    [{ price: { amount: 1500, currency: "EUR" } }, versionTag(1)],
    [{ name: "Silver moon" }, versionTag(2)],
  ]);
  expect(kept.product.name).toBe("Silver moon");
  expect(app.address()).toBe(ADDRESS);
  // A saved form can be left without a question.
  await app.user.click(screen.getByRole("link", { name: "Your products" }));
  await waitFor(() => expect(app.address()).toBe("/dashboard/products"));
});

test("R101: a fixed price becomes one that buyers name, and a fixed one again", async () => {
  setStage();
  const { updates } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await app.user.selectOptions(await screen.findByLabelText("Pricing"), "Pay what you want");
  await type(app, "Suggested price", "11");
  await save(app);
  expect(screen.getByLabelText("Suggested price")).toHaveAccessibleDescription(/Enter at least EUR 12.00/);
  await type(app, "Suggested price", "15");
  await save(app);
  await waitFor(() => expect(updates).toHaveLength(1));
  await waitFor(() => expect(screen.getByLabelText("Suggested price")).toHaveValue("15.00"));
  await app.user.selectOptions(screen.getByLabelText("Pricing"), "Fixed price");
  await save(app);
  await waitFor(() => expect(updates).toHaveLength(2));
  expect(updates.map(({ body }) => body)).toEqual([
    { pricing: "pay_what_you_want", suggestedAmount: 1500 },
    { pricing: "fixed", suggestedAmount: null },
  ]);
});

test("R101: a suggestion that both changed is compared, as money", async () => {
  setStage();
  const { change } = keepProduct({ ...moon, pricing: "pay_what_you_want", suggestedAmount: 1500 });
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Suggested price", "16");
  change({ suggestedAmount: 2000, pricing: "pay_what_you_want" });
  await save(app);
  const box = await conflict();
  expect(box).toHaveTextContent("Suggested price");
  expect(box).toHaveTextContent("€20.00");
  expect(box).toHaveTextContent("€16.00");
  await app.user.click(choice(box, "Suggested price", "Their version"));
  expect(screen.getByLabelText("Suggested price")).toHaveValue("20.00");
});

test("saving what has not changed asks nothing of the server", async () => {
  setStage();
  const { updates } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Price", "12,00");
  await save(app);
  expect(await screen.findByText("“Paper moon” is saved")).toBeVisible();
  expect(updates).toHaveLength(0);
});

test.each([
  ["published", "Archived", "archived"],
  ["published", "Draft", "draft"],
  ["archived", "Published", "published"],
  ["draft", "Published", "published"],
] as const)("what is %s becomes %s", async (status, words, sent) => {
  setStage();
  const { updates } = keepProduct({ ...moon, status });
  const app = await openLoggedIn(ADDRESS);
  const view = () => screen.queryByRole("link", { name: "View product page" });
  await screen.findByLabelText("Status");
  expect(view() === null).toBe(status !== "published");
  await app.user.selectOptions(screen.getByLabelText("Status"), words);
  await save(app);
  await waitFor(() => expect(view() === null).toBe(sent !== "published"));
  expect(updates.map(({ body }) => body)).toEqual([{ status: sent }]);
});

test("faults are told at their fields and nothing is sent", async () => {
  setStage();
  const { updates } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "abc");
  await type(app, "Price", "1.234");
  await save(app);
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/at least 4 characters/);
  expect(screen.getByLabelText("Price")).toHaveAccessibleDescription(/Use at most 2 decimals/);
  expect(updates).toHaveLength(0);
});

function rowsOf(box: HTMLElement, title: string) {
  const list = within(box).queryByText(title)?.parentElement;
  return list
    ? within(list)
        .getAllByRole("term")
        .map((term) => term.parentElement?.textContent)
    : [];
}

/** The fields that both changed, with both versions. */
function choicesOf(box: HTMLElement) {
  return within(box)
    .queryAllByRole("group")
    .map(({ textContent }) => textContent);
}

function choice(box: HTMLElement, field: string, whose: "Their version" | "Your version") {
  return within(within(box).getByRole("group", { name: field })).getByRole("radio", { name: whose });
}

const TAKEN = "Also changed (already in the form)";

test("the second of two editors is told, keeps what was typed, and is asked only about what both changed", async () => {
  setStage();
  const { updates, change, kept } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await app.user.selectOptions(screen.getByLabelText("Status"), "Archived");
  change({ name: "Golden moon", price: { amount: 900, currency: "CHF" }, description: "For loud rooms" });
  await save(app);
  const box = await conflict();
  expect(box).toHaveFocus();
  expect(choicesOf(box)).toEqual(["NameTheir versionGolden moonYour versionSilver moon"]);
  expect(rowsOf(box, TAKEN)).toEqual([
    "PriceBefore€12.00NowCHF 9.00",
    "DescriptionBeforeFor quiet roomsNowFor loud rooms",
  ]);
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
  expect(screen.getByLabelText("Price")).toHaveValue("9.00");
  expect(screen.getByLabelText("Currency")).toHaveValue("CHF");
  expect(screen.getByLabelText("Description")).toHaveValue("For loud rooms");
  // Nothing is overwritten without the user's consent.
  expect(kept.product.name).toBe("Golden moon");
  await app.user.click(screen.getByRole("button", { name: "Keep mine" }));
  expect(await screen.findByText("“Silver moon” is saved")).toBeVisible();
  expect(box).not.toBeInTheDocument();
  expect(screen.getByLabelText("Name")).toHaveFocus();
  expect(updates.at(-1)).toMatchObject({ ifMatch: versionTag(2), body: { name: "Silver moon", status: "archived" } });
  expect(Object.keys(updates.at(-1)?.body ?? {})).toEqual(["name", "status"]);
  expect(kept.product.price).toEqual({ amount: 900, currency: "CHF" });
});

test("what two people changed in different places is told, and both changes stand", async () => {
  setStage();
  const { updates, change, kept } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Description", "For all rooms");
  change({ price: { amount: 900, currency: "EUR" } });
  await save(app);
  const box = await conflict();
  expect(choicesOf(box)).toEqual([]);
  expect(rowsOf(box, TAKEN)).toEqual(["PriceBefore€12.00Now€9.00"]);
  expect(screen.queryByRole("button", { name: "Use theirs" })).not.toBeInTheDocument();
  await save(app);
  expect(await screen.findByText("“Paper moon” is saved")).toBeVisible();
  expect(updates.at(-1)?.body).toEqual({ description: "For all rooms" });
  expect(kept.product).toMatchObject({ description: "For all rooms", price: { amount: 900 } });
});

test("or can take theirs of each field and mine of another; nothing typed is lost until it is saved", async () => {
  setStage();
  const { updates, change } = keepProduct();
  let app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await type(app, "Description", "For all rooms");
  await app.user.selectOptions(screen.getByLabelText("Status"), "Draft");
  change({ name: "Golden moon", description: "For loud rooms", price: { amount: 900, currency: "EUR" } });
  await save(app);
  let box = await conflict();
  expect(choice(box, "Name", "Your version")).toBeChecked();
  expect(choice(box, "Name", "Their version")).toHaveAccessibleDescription("Golden moon");
  await app.user.click(choice(box, "Name", "Their version"));
  expect(screen.getByLabelText("Name")).toHaveValue("Golden moon");
  expect(screen.getByRole("button", { name: "Save choices" })).toBeVisible();
  // A reload keeps the choice, and what it replaced.
  app = app.reload();
  box = await conflict();
  expect(choice(box, "Name", "Their version")).toBeChecked();
  // The keyboard alone is enough.
  act(() => choice(box, "Name", "Their version").focus());
  await app.user.keyboard("{ArrowDown}");
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
  await app.user.click(screen.getByRole("button", { name: "Use all of theirs" }));
  expect(screen.getByLabelText("Description")).toHaveValue("For loud rooms");
  expect(screen.getByRole("button", { name: "Use theirs" })).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Keep all of mine" }));
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
  await app.user.click(choice(box, "Name", "Their version"));
  expect(updates).toHaveLength(1);
  await app.user.click(screen.getByRole("button", { name: "Save choices" }));
  expect(await screen.findByText("“Golden moon” is saved")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveFocus();
  expect(updates.at(-1)).toMatchObject({ ifMatch: versionTag(2) });
  expect(updates.at(-1)?.body).toEqual({ description: "For all rooms", status: "draft" });
});

test("using theirs of all that both changed asks nothing more of the server", async () => {
  setStage();
  const { updates, change } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  change({ name: "Golden moon", status: "archived" });
  await save(app);
  await app.user.click(choice(await conflict(), "Name", "Their version"));
  await app.user.click(screen.getByRole("button", { name: "Use theirs" }));
  expect(await screen.findByText("“Golden moon” is saved")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Someone else edited this product" })).not.toBeInTheDocument();
  expect(screen.getByLabelText("Status")).toHaveValue("archived");
  expect(updates).toHaveLength(1);
});

test("what they changed stays theirs through a reload and a third version", async () => {
  setStage();
  const { change, updates } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  change({ name: "Golden moon", description: "For loud rooms" });
  await save(app);
  await conflict();
  change({ description: "For the loudest rooms" });
  const reloaded = app.reload();
  const box = await conflict();
  expect(choicesOf(box)).toEqual(["NameTheir versionGolden moonYour versionSilver moon"]);
  expect(rowsOf(box, TAKEN)).toEqual(["DescriptionBeforeFor quiet roomsNowFor the loudest rooms"]);
  await reloaded.user.click(screen.getByRole("button", { name: "Keep mine" }));
  await waitFor(() => expect(updates.at(-1)).toMatchObject({ ifMatch: versionTag(3), body: { name: "Silver moon" } }));
  expect(updates.at(-1)?.body).toEqual({ name: "Silver moon" });
});

test("a third version while one looks at the second is told as well", async () => {
  setStage();
  const { change } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  change({ name: "Golden moon" });
  await save(app);
  expect(within(await conflict()).getByText("Golden moon")).toBeVisible();
  change({ name: "Copper moon" });
  await app.user.click(screen.getByRole("button", { name: "Keep mine" }));
  expect(await within(await conflict()).findByText("Copper moon")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
});

test("when somebody else made the very same change, there is nothing to tell", async () => {
  setStage();
  const { change } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  change({ name: "Silver moon" });
  await save(app);
  expect(await screen.findByText("“Silver moon” is saved")).toBeVisible();
  expect(screen.queryByText("Someone else edited this product")).not.toBeInTheDocument();
});

test("R84: a stored price that is too low by now stays while other fields change, and can't be given anew", async () => {
  setStage();
  const { updates } = keepProduct({ ...moon, price: { amount: 20, currency: "EUR" } });
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await save(app);
  expect(await screen.findByText("“Silver moon” is saved")).toBeVisible();
  expect(updates.map(({ body }) => body)).toEqual([{ name: "Silver moon" }]);
  await type(app, "Price", "0.30");
  await save(app);
  expect(screen.getByLabelText("Price")).toHaveAccessibleDescription(/Enter at least EUR 0.50, or 0 for free/);
  expect(updates).toHaveLength(1);
});

test("R84: a price that has to be checked is pointed out, and is saved also as it is", async () => {
  setStage();
  const forints = { ...moon, price: { amount: 199_000, currency: "HUF" as const }, status: "draft" as const };
  const { updates } = keepProduct({ ...forints, needsPriceCheck: true });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Check the price.")).toBeVisible();
  expect(screen.getByLabelText("Price")).toHaveValue("1990");
  await app.user.selectOptions(screen.getByLabelText("Status"), "Published");
  await save(app);
  await waitFor(() => expect(screen.queryByText("Check the price.")).not.toBeInTheDocument());
  expect(updates.map(({ body }) => body)).toEqual([{ status: "published", price: forints.price }]);
});

test("R88: a product that is taken down says why, can be edited, and is refused when it is published", async () => {
  setStage();
  const { updates } = keepProduct({ ...moon, status: "archived", takenDownReason: "It is a copy" });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Taken down by the shop owner:")).toBeVisible();
  expect(screen.getByText(/It is a copy/)).toBeVisible();
  await type(app, "Name", "Paper sun");
  await save(app);
  await waitFor(() => expect(updates).toHaveLength(1));
  mock(endpoints.products.update, { refusal: "taken_down" });
  await app.user.selectOptions(screen.getByLabelText("Status"), "Published");
  await save(app);
  expect(await screen.findByText("Taken down by the shop owner: It is not the seller’s own work")).toBeVisible();
});

test("a product that was deleted meanwhile says so, and what was typed stays", async () => {
  setStage();
  keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  mock(endpoints.products.update, { refusal: "not_found" });
  await save(app);
  expect(await screen.findByText(/Someone else deleted this product/)).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
});

test("what is not there, or is somebody else's, is not found", async () => {
  setStage();
  mock(endpoints.products.getOwn, { refusal: "not_found" });
  await openLoggedIn("/dashboard/products/theirs");
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("a product that could not be loaded comes with another try", async () => {
  setStage();
  mock(endpoints.products.getOwn, "no answer");
  const app = openApp(`/login?next=${encodeURIComponent(ADDRESS)}`);
  await fillInLogIn(app, ada.email, "nine purple walruses");
  expect(await screen.findByText("Couldn’t load this product")).toBeVisible();
  keepProduct();
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByLabelText("Name")).toHaveValue("Paper moon");
});

test("it is deleted once that was confirmed, and not before", async () => {
  setStage();
  keepProduct();
  const deleted = mock(endpoints.products.delete, { status: 204, body: null });
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await app.user.click(screen.getByRole("button", { name: "Delete product…" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete “Paper moon”?" });
  await app.user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(deleted).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Delete product…" }));
  await app.user.click(await screen.findByRole("button", { name: "Delete product" }));
  // It is deleted, so the unsaved form does not ask.
  expect(await screen.findByText("“Paper moon” is deleted")).toBeVisible();
  expect(app.address()).toBe("/dashboard/products");
  expect(deleted.map(({ params }) => params.slug)).toEqual(["paper-moon"]);
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("Silver moon");
});

test("a deletion that fails says so, and the product is still there", async () => {
  setStage();
  keepProduct();
  mock(endpoints.products.delete, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Delete product…" }));
  await app.user.click(await screen.findByRole("button", { name: "Delete product" }));
  expect(await screen.findByText(/Couldn’t delete the product/)).toBeVisible();
  expect(app.address()).toBe(ADDRESS);
});

test("what is not saved warns before it is left, and is kept through a reload", async () => {
  setStage();
  keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await app.user.click(screen.getByRole("link", { name: "Your products" }));
  await app.user.click(await screen.findByRole("button", { name: "Stay here" }));
  const reloaded = app.reload();
  expect(await screen.findByLabelText("Name")).toHaveValue("Silver moon");
  await reloaded.user.click(screen.getByRole("button", { name: "Discard it" }));
  expect(screen.getByLabelText("Name")).toHaveValue("Paper moon");
  await reloaded.user.click(screen.getByRole("link", { name: "Your products" }));
  await waitFor(() => expect(reloaded.address()).toBe("/dashboard/products"));
});

test("R38: an edit outlives the session, and what somebody else saved meanwhile is told at once", async () => {
  const stage = setStage();
  const { updates, change } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  stage.session = ended;
  mock(endpoints.products.update, { refusal: "unauthenticated" });
  await save(app);
  expect(await screen.findByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  change({ name: "Golden moon" });
  await fillInLogIn(app, ada.email, "nine purple walruses");
  expect(within(await conflict()).getByText("Golden moon")).toBeVisible();
  expect(screen.getByLabelText("Name")).toHaveValue("Silver moon");
  expect(updates).toHaveLength(0);
});

test("submitted twice at once, it is sent once", async () => {
  setStage();
  const { updates } = keepProduct();
  const app = await openLoggedIn(ADDRESS);
  await type(app, "Name", "Silver moon");
  await app.user.dblClick(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("“Silver moon” is saved")).toBeVisible();
  expect(updates).toHaveLength(1);
});
