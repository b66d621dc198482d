import { screen, waitFor } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, main, openApp } from "../../../test/render-app.tsx";
import { nobody, setStage } from "../../../test/stage.ts";

const PAGE = "/p/paper-moon/checkout";
const ORDER = "ABCDEFGH23";

const checkout = { ...recorded(endpoints.checkout.get), slug: "paper-moon" };
const quote = recorded(endpoints.checkout.quote);

function setCheckoutStage(shown = checkout) {
  setStage(nobody);
  mock(endpoints.checkout.get, { status: 200, body: shown });
  mock(endpoints.orders.get, { status: 200, body: recorded(endpoints.orders.get, "success: with a code") });
}

const quotes = (body = quote) => mock(endpoints.checkout.quote, { status: 200, body });
const begins = () => mock(endpoints.checkout.begin, { status: 201, body: { ref: ORDER, payAt: null } });

async function order(app: App, button: string) {
  await app.user.type(await screen.findByLabelText("Email"), "grace@example.com");
  const consent = main().queryByRole("checkbox");
  if (consent) await app.user.click(consent);
  await app.user.click(await main().findByRole("button", { name: button }));
}

test("a code stands behind a link; Enter applies it and orders nothing, and the order has it", async () => {
  setCheckoutStage();
  const [asked, begun] = [quotes(), begins()];
  const app = openApp(PAGE);
  expect(await screen.findByRole("button", { name: "Pay €12.00" })).toBeVisible();
  expect(screen.queryByLabelText("Discount code")).not.toBeInTheDocument();
  await app.user.click(main().getByRole("button", { name: "Have a discount code?" }));
  expect(screen.getByLabelText("Discount code")).toHaveFocus();
  await app.user.keyboard(" spring25 {Enter}");
  expect(await main().findByText("−€3.00")).toBeVisible();
  expect(main().getByRole("button", { name: "Remove" })).toHaveFocus();
  expect(begun).toEqual([]);
  await order(app, "Pay €9.00");
  await waitFor(() => expect(begun).toHaveLength(1));
  expect(asked[0]?.body).toEqual({ code: "spring25", attempt: begun[0]?.body.attempt });
  expect(begun[0]?.body.discount).toEqual({ code: "SPRING25", seenTotal: 900 });
});

test("a link's code lowers the price on the product page, is filled in at the checkout, and can be removed", async () => {
  setCheckoutStage();
  const [asked, begun] = [quotes(), begins()];
  mock(endpoints.products.get, { status: 200, body: { ...recorded(endpoints.products.get), slug: "paper-moon" } });
  const app = openApp("/p/paper-moon?code=SPRING25");
  expect(await screen.findByText("with code SPRING25")).toBeVisible();
  expect(main().getByText("with code SPRING25").parentElement).toHaveTextContent(/€12\.00 €9\.00with code SPRING25$/);
  await app.user.click(screen.getByRole("link", { name: /^Buy/ }));
  expect(await screen.findByRole("button", { name: "Pay €9.00" })).toBeVisible();
  expect(app.address()).toBe(`${PAGE}?code=SPRING25`);
  expect(asked.map(({ body }) => body.code)).toEqual(["SPRING25", "SPRING25"]);
  await app.user.click(main().getByRole("button", { name: "Remove" }));
  await order(app, "Pay €12.00");
  await waitFor(() => expect(begun[0]?.body).toBeDefined());
  expect(begun[0]?.body).not.toHaveProperty("discount");
});

test("a discount of everything makes it free, without consent", async () => {
  setCheckoutStage();
  quotes(recorded(endpoints.checkout.quote, "success: it is free"));
  const begun = begins();
  const app = openApp(`${PAGE}?code=SPRING25`);
  expect(await screen.findByRole("button", { name: "Get it for free" })).toBeVisible();
  expect(main().queryByRole("checkbox")).not.toBeInTheDocument();
  await order(app, "Get it for free");
  await waitFor(() => expect(begun[0]?.body).toMatchObject({ hasConsented: false, discount: { seenTotal: 0 } }));
});

test.each([
  ["discount_invalid", "This discount code isn’t valid for this product."],
  ["discount_used_up", "This discount code has been used up."],
] as const)("a code that can’t be used (%s) says so at its field", async (refusal, text) => {
  setCheckoutStage();
  mock(endpoints.checkout.quote, { refusal });
  const app = openApp(`${PAGE}?code=OLD`);
  const field = await screen.findByLabelText("Discount code");
  expect(await screen.findByText(text)).toBeVisible();
  expect(field).toHaveValue("OLD");
  await app.user.type(field, "ER");
  expect(screen.queryByText(text)).not.toBeInTheDocument();
  expect(main().getByRole("button", { name: "Pay €12.00" })).toBeVisible();
});

test("a code that is used up in the meantime is refused at the order, and its price is asked for again if that has changed", async () => {
  setCheckoutStage();
  const asked = quotes();
  mock(endpoints.checkout.begin, { refusal: "discount_used_up" });
  const app = openApp(`${PAGE}?code=SPRING25`);
  await order(app, "Pay €9.00");
  expect(await screen.findByText("This discount code has been used up.")).toBeVisible();
  mock(endpoints.checkout.begin, { refusal: "price_changed" });
  await app.user.click(main().getByRole("button", { name: "Pay €9.00" }));
  expect(await screen.findByText("The price has changed. Check the new price before you order.")).toBeVisible();
  expect(asked).toHaveLength(2);
});

test("there is no code where buyers name the price, and none for what is free", async () => {
  const named = { ...recorded(endpoints.checkout.get, "success: pay what you want"), slug: "paper-moon" };
  setCheckoutStage(named);
  openApp(`${PAGE}?code=SPRING25`);
  expect(await screen.findByLabelText("Email")).toBeVisible();
  expect(main().queryByRole("button", { name: "Have a discount code?" })).not.toBeInTheDocument();
});

test("the receipt shows the list price, the discount and the total", async () => {
  setCheckoutStage();
  openApp(`/orders/${ORDER}`);
  const lines = await screen.findByRole("table", { name: "Items" });
  expect(lines).toHaveTextContent("Paper moon€12.00Discount (SPRING25)−€3.00Total€9.00");
});
