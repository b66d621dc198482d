import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { main, openApp } from "../../../test/render-app.tsx";
import { ada, sessionOf, setStage } from "../../../test/stage.ts";

const PAGE = "/discounts";
const listed = recorded(endpoints.discounts.list);
const owned = recorded(endpoints.products.listOwn)
  .items.slice(0, 1)
  .flatMap((product) => [product, { ...product, slug: "paper-sun", name: "Paper sun" }]);
const made = recorded(endpoints.discounts.create);

function setDiscountStage(items = listed.items) {
  setStage(sessionOf(ada));
  mock(endpoints.discounts.list, () => ({ status: 200, body: { items, nextCursor: null } }));
  mock(endpoints.products.listOwn, { status: 200, body: { ...recorded(endpoints.products.listOwn), items: owned } });
}

test("codes are listed with what they take off, their uses, dates and state", async () => {
  setDiscountStage();
  openApp(PAGE);
  const table = within(await screen.findByRole("table", { name: "Discount codes" }));
  const rows = table.getAllByRole("row").slice(1);
  for (const [index, texts] of [
    ["SOON", "25% off", "1 per customer", "From Mar 2, 2026", "Scheduled"],
    ["SPRING25", "25% off", "No end date", "Ended"],
    ["FIVE", "Paper moon", "€5.00 off", "0 of 100", "Active"],
  ].entries())
    for (const text of texts) expect(rows[index]).toHaveTextContent(text);
  expect(within(rows[1] as HTMLElement).queryByRole("button", { name: /^End/ })).not.toBeInTheDocument();
  expect(screen.getByText("3 codes")).toBeVisible();
  expect(screen.getByRole("link", { name: "Discount codes" })).toHaveAttribute("href", PAGE);
});

test("a new code is made of what is typed, in the time zone of the seller", async () => {
  setDiscountStage();
  const created = mock(endpoints.discounts.create, { status: 201, body: made });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "New code" }));
  const form = within(screen.getByRole("form", { name: "New discount code" }));
  expect(form.getByLabelText("Code")).toHaveFocus();
  await app.user.type(form.getByLabelText("Code"), " Spring25 ");
  await app.user.type(form.getByLabelText("Discount"), "5,50");
  await app.user.selectOptions(form.getByLabelText("Unit"), "EUR");
  await app.user.type(form.getByLabelText("Ends (optional)"), "2026-12-24T18:30");
  await app.user.type(form.getByLabelText("Total uses (optional)"), "100");
  const products = within(form.getByRole("group", { name: "Products" }));
  const choices = products.getAllByRole("checkbox");
  const [first, second] = owned;
  expect(choices.length).toBe(owned.length);
  for (const choice of [...choices.slice(0, 2), choices[0]]) await app.user.click(choice as HTMLElement);
  expect(choices[0]).not.toBeChecked();
  await app.user.click(choices[0] as HTMLElement);
  await app.user.click(form.getByRole("button", { name: "Create code" }));
  expect(await screen.findByText("SPRING25 is ready to use")).toBeVisible();
  expect(created.map(({ body }) => body)).toEqual([
    {
      code: "Spring25",
      off: { kind: "amount", amount: { amount: 550, currency: "EUR" } },
      ...{ startsAt: null, endsAt: new Date(2026, 11, 24, 18, 30).toISOString(), maxUses: 100, perBuyer: null },
      products: [second?.slug, first?.slug],
    },
  ]);
  expect(main().queryByRole("form")).not.toBeInTheDocument();
  expect(main().getByRole("button", { name: "New code" })).toHaveFocus();
});

test("what is wrong is said at its field, all at once, and a taken code by the server", async () => {
  setDiscountStage();
  const created = mock(endpoints.discounts.create, { refusal: "code_taken" });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "New code" }));
  const form = within(screen.getByRole("form", { name: "New discount code" }));
  await app.user.type(form.getByLabelText("Code"), "two words");
  await app.user.type(form.getByLabelText("Discount"), "101");
  await app.user.type(form.getByLabelText("Total uses (optional)"), "many");
  await app.user.click(form.getByRole("button", { name: "Create code" }));
  const problemOf = (label: string) => form.getByLabelText(label);
  expect(problemOf("Code")).toHaveAccessibleDescription(/without spaces/);
  expect(problemOf("Discount")).toHaveAccessibleDescription(/from 1 to 100/);
  expect(problemOf("Total uses (optional)")).toHaveAccessibleDescription(/1 or more/);
  for (const [label, text] of [
    ["Code", "spring25"],
    ["Discount", "25 %"],
    ["Total uses (optional)", "5"],
  ] as const) {
    await app.user.clear(problemOf(label));
    await app.user.type(problemOf(label), text);
  }
  expect(created).toEqual([]);
  await app.user.click(form.getByRole("button", { name: "Create code" }));
  await waitFor(() => expect(problemOf("Code")).toHaveAccessibleDescription(/already have a code/));
  expect(created[0]?.body.off).toEqual({ kind: "percent", percent: 25 });
});

test("a code gets another end and number of uses, and keeps what was not touched to the second", async () => {
  setDiscountStage();
  const changed = mock(endpoints.discounts.change, { status: 200, body: recorded(endpoints.discounts.change) });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Edit SOON" }));
  const form = within(screen.getByRole("form", { name: "Edit SOON" }));
  expect(form.getByLabelText("Starts (optional)")).toHaveFocus();
  expect(form.getByLabelText("Uses per customer (optional)")).toHaveValue("1");
  await app.user.type(form.getByLabelText("Ends (optional)"), "2026-12-24T18:30");
  await app.user.clear(form.getByLabelText("Uses per customer (optional)"));
  await app.user.type(form.getByLabelText("Total uses (optional)"), "none");
  await app.user.click(form.getByRole("button", { name: "Save changes" }));
  expect(form.getByLabelText("Total uses (optional)")).toHaveAccessibleDescription(/1 or more/);
  await app.user.clear(form.getByLabelText("Total uses (optional)"));
  await app.user.type(form.getByLabelText("Total uses (optional)"), "10");
  await app.user.click(form.getByRole("button", { name: "Save changes" }));
  expect(await screen.findByText("SPRING25 was changed")).toBeVisible();
  const endsAt = new Date(2026, 11, 24, 18, 30).toISOString();
  expect(changed.map(({ params, body }) => [params.id, body])).toEqual([
    [listed.items[0]?.id, { endsAt, maxUses: 10, perBuyer: null }],
  ]);
  expect(main().queryByRole("form")).not.toBeInTheDocument();
  expect(main().getAllByRole("row")[1]).toHaveTextContent("0 of 10");
});

test("a code is ended after a question", async () => {
  setDiscountStage();
  const ended = mock(endpoints.discounts.end, { status: 200, body: recorded(endpoints.discounts.end) });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "End SOON" }));
  await app.user.click(await screen.findByRole("button", { name: "End code" }));
  expect(await screen.findByText("SPRING25 has ended")).toBeVisible();
  expect(ended[0]?.params.id).toBe(listed.items[0]?.id);
});

test("a store without codes says what they are for", async () => {
  setDiscountStage([]);
  openApp(PAGE);
  expect(await screen.findByText(/No discount codes yet/)).toBeVisible();
});
