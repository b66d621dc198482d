import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type OwnStore } from "@yumroad/contract";
import { describe, expect, test } from "vitest";
import { mock } from "../../test/mock.ts";
import { header, openApp } from "../../test/render-app.tsx";
import { ada, adaAsOperator, ownStore, sessionOf, setStage } from "../../test/stage.ts";

const PAGE = "/settings/store";

/** A server that stores the changes of Ada's store. */
function setStore(more: Partial<OwnStore> = {}) {
  const stage = setStage(sessionOf(ada));
  stage.account.isEmailVerified = true;
  let store = ownStore(ada.store, more);
  mock(endpoints.stores.getOwn, () => ({ status: 200, body: store }));
  const changes = mock(endpoints.stores.changeOwn, ({ body }) => {
    const formerHandles = body.handle === undefined ? store.formerHandles : [store.handle];
    store = Object.assign({ ...store, formerHandles }, body);
    return { status: 200, body: store };
  });
  return { stage, changes };
}

test("R87: what changed is saved alone, and the header leads to the store's new address at once", async () => {
  const { changes } = setStore();
  const app = openApp(PAGE);
  const handle = await screen.findByLabelText("Handle");
  expect(handle).toHaveAccessibleDescription(/Links to the old handle keep working/);
  expect(screen.getByText("Everyone can see this.")).toBeVisible();
  await app.user.clear(handle);
  await app.user.type(handle, "Plum-Paper");
  await app.user.type(screen.getByLabelText("About your store"), "Jam and paper.");
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Store saved")).toBeVisible();
  expect(changes.map(({ body }) => body)).toEqual([{ handle: "plum-paper", bio: "Jam and paper." }]);
  expect(handle).toHaveValue("plum-paper");
  expect(screen.getByText("Also leads here: @ada")).toBeVisible();
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Your store" })).toHaveAttribute("href", "/@plum-paper");
});

test("nothing is sent when nothing changed, and a field that is wrong says why", async () => {
  const { changes } = setStore();
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Save" }));
  expect(await screen.findByText("Store saved")).toBeVisible();
  await app.user.type(screen.getByLabelText("Handle"), "_");
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByLabelText("Handle")).toHaveAccessibleDescription(/Use letters from a to z/);
  expect(changes).toEqual([]);
});

test("a handle of another store, and one that changed too often, leave the input as it is", async () => {
  setStore();
  const app = openApp(PAGE);
  const handle = await screen.findByLabelText("Handle");
  await app.user.type(handle, "-books");
  mock(endpoints.stores.changeOwn, { refusal: "handle_taken" });
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(handle).toHaveAccessibleDescription(/Another store uses this handle, or used it before/));
  mock(endpoints.stores.changeOwn, { refusal: "rate_limited", variant: "the handle" });
  await app.user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("A handle can change 3 times in 30 days. Try again in 30 days.")).toBeVisible();
  expect(handle).toHaveValue("ada-books");
});

describe("how buyers pay", () => {
  const WORDS = "IBAN DE02 1203 0000 0000 2020 51";
  const LABEL = "Payment instructions";
  const SAVE = { name: "Save payment settings" };

  test("R99: is saved by itself, in the seller's own words", async () => {
    const { changes } = setStore({ payInstructions: "Cash" });
    const saved = mock(endpoints.stores.changePayments, ({ body: { payInstructions = "" } }) => ({
      status: 200,
      body: ownStore(ada.store, { payInstructions }),
    }));
    const app = openApp(PAGE);
    const field = await screen.findByLabelText(LABEL);
    expect(field).toHaveValue("Cash");
    await app.user.clear(field);
    await app.user.type(field, ` ${WORDS}`);
    await app.user.click(screen.getByRole("button", SAVE));
    expect(await screen.findByText("Payment settings saved")).toBeVisible();
    const sent = { payInstructions: WORDS, endsAccessOnDispute: false };
    expect([saved.map(({ body }) => body), changes]).toEqual([[sent], []]);
    expect(field).toHaveValue(WORDS);
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  test("R115: an operator, who is paid through Stripe, chooses that a dispute ends access", async () => {
    const { stage } = setStore();
    stage.session = sessionOf(adaAsOperator);
    const saved = mock(endpoints.stores.changePayments, ({ body: { endsAccessOnDispute = false } }) => ({
      status: 200,
      body: ownStore(ada.store, { endsAccessOnDispute }),
    }));
    const app = openApp(PAGE);
    const box = await screen.findByRole("checkbox", { name: "End access on a dispute" });
    expect(box).not.toBeChecked();
    await app.user.click(box);
    await app.user.click(screen.getByRole("button", SAVE));
    expect(await screen.findByText("Payment settings saved")).toBeVisible();
    expect(saved.map(({ body }) => body.endsAccessOnDispute)).toEqual([true]);
    expect(box).toBeChecked();
  });

  test("R38: what was typed survives a reload, and a refusal leaves it as it is", async () => {
    setStore();
    mock(endpoints.stores.changePayments, { refusal: "rate_limited" });
    const app = openApp(PAGE);
    await app.user.type(await screen.findByLabelText(LABEL), WORDS);
    await app.user.click(screen.getByRole("button", SAVE));
    expect(await screen.findByText(/^Too many attempts/)).toBeVisible();
    app.reload();
    expect(await screen.findByLabelText(LABEL)).toHaveValue(WORDS);
  });
});

test("R88: a store that is taken down says why", async () => {
  setStore({ takenDownReason: "It sells copies" });
  openApp(PAGE);
  expect(await screen.findByText("Taken down by the shop owner:")).toBeVisible();
  expect(screen.getByText(/It sells copies/)).toBeVisible();
});

test("who has no store yet finds no way to its settings, and reads how it opens", async () => {
  setStage(sessionOf({ ...ada, store: null })).account.isEmailVerified = false;
  openApp(PAGE);
  expect(await screen.findByText("Your store opens with your first product.")).toBeVisible();
  const tabs = within(screen.getByRole("navigation", { name: "Settings" }));
  expect(tabs.queryByRole("link", { name: "Store" })).not.toBeInTheDocument();
});
