import { type StandIn, startStandIn } from "@yumroad/stripe-stand-in";
import { expectAccessible } from "../support/accessible.ts";
import { errorsIn, startServer } from "../support/server.ts";
import { fillLogin } from "../support/steps.ts";
import { test as base, createIdentity, expect } from "../support/test.ts";

const KEY = "rk_test_of_a_journey";
const SECRET = "whsec_of_a_journey";
const PRODUCT = "Paper moon";

/** The demo's operator, who sells by Stripe. */
const mira = { email: "mira@demo.example", password: "a quiet tuesday in lisbon" };

const test = base.extend<{ stripe: StandIn }>({
  stripe: async ({ store: _ }, use) => {
    const stripe = await startStandIn({ key: KEY });
    await use(stripe);
    await stripe.close();
  },
  server: async ({ store, stripe }, use) => {
    const settings = { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_URL: stripe.url };
    const server = await startServer(store, settings);
    stripe.webhooks.endpoints.push({ url: `${server.url}/webhooks/stripe`, secret: SECRET, events: ["*"] });
    await use(server);
    await server.stop();
    expect(errorsIn(server.log()), "The server logged errors").toEqual([]);
  },
});
test.use({ store: "embedded" });

test("R114, R115, R116: a first sale by Stripe, and a refund from Stripe's side", async ({ newVisitor, stripe }) => {
  test.setTimeout(180_000);
  const seller = await newVisitor({ reducedMotion: "reduce" });
  const heading = (page: typeof seller.page, name: string | RegExp) =>
    expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  const productPath = await test.step("the seller checks the setup and has a product", async () => {
    const { page } = seller;
    await page.goto("/operator/payments");
    await fillLogin(page, mira);
    await heading(page, "Payments");
    await page.getByRole("button", { name: "Check the setup" }).click();
    await expect(page.getByText("Stripe is ready")).toBeVisible();
    await expectAccessible(page, "the check of the payments' setup");
    const post = (path: string, data: object) =>
      page.request.post(path, { data, headers: { origin: new URL(page.url()).origin } });
    const price = { amount: 1900, currency: "EUR" };
    const answer = await post("/api/products", { name: PRODUCT, price, status: "published" });
    const { slug } = await answer.json();
    await post(`/api/products/${slug}/contents`, { kind: "note", title: "How to fold it", body: "Along the line." });
    return `/p/${slug}`;
  });

  const buyer = await newVisitor({ reducedMotion: "reduce" });
  buyer.watch.allow(stripe.url);
  await test.step("a guest pays on Stripe's page and has what they bought", async () => {
    const { page } = buyer;
    await page.goto(`${productPath}/checkout`);
    await page.getByLabel("Email").fill(createIdentity().email);
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Pay €19.00" }).click();
    await heading(page, /^Pay/);
    await page.getByRole("button", { name: "Pay by card", exact: true }).click();
    await heading(page, "Thank you");
    await expect(page.getByText("Along the line.")).toBeVisible();
  });

  await test.step("a refund of Stripe's dashboard stands in the sale and on the order", async () => {
    const { page: dashboard } = buyer;
    const orderPath = new URL(dashboard.url()).pathname;
    await dashboard.goto(`${stripe.url}/dashboard`);
    await dashboard.getByRole("button", { name: "Refund" }).click();
    await stripe.webhooks.settled();
    const { page } = seller;
    await page.goto(orderPath.replace("/orders/", "/sales/"));
    await expect(page.getByRole("list", { name: "Refunds" })).toContainText("made in Stripe");
    await expectAccessible(page, "a sale that was refunded in Stripe");
    await dashboard.goto(new URL(orderPath, page.url()).href);
    await expect(dashboard.getByText("Refunded").first()).toBeVisible();
  });
});
