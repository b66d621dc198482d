import { overHttps } from "../support/over-https.ts";
import {
  accountButton,
  expectLoggedIn,
  expectPath,
  fillProduct,
  fillSignup,
  productForm,
  publish,
} from "../support/steps.ts";
import { createIdentity, expect } from "../support/test.ts";

const SHOP = "Möbius Press";
const ITS_CERTIFICATE = { ignoreHTTPSErrors: true };

const test = overHttps({ SHOP_KIND: "my-store" });
test.use({ store: "embedded" });

test("R86: the printed link makes the owner, who names the shop and opens the store; others are customers", async ({
  server,
  newVisitor,
}) => {
  test.setTimeout(120_000);
  const owner = createIdentity("Ada Lovelace");
  const { page } = await newVisitor(ITS_CERTIFICATE);
  await page.goto(server.setupLink ?? "");
  await expectPath(page, "/setup");
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await fillSignup(page, owner);
  await page.getByRole("button", { name: "Run this shop" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();

  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Shop settings" }).click();
  await page.getByLabel("Shop name").fill(SHOP);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: SHOP })).toBeVisible();
  await expect(page.getByText(/^Your own store: only you/)).toBeVisible();

  await page.goto("/products/new");
  await fillProduct(page, { name: "Maps of nowhere", price: "0" });
  await productForm(page).getByLabel("Store name").fill("Plum & Paper");
  await publish(page, "Maps of nowhere");
  await page.goto("/@plum-paper");
  await expect(page.getByRole("heading", { level: 1, name: "Plum & Paper" })).toBeVisible();

  const customer = createIdentity("Grace Hopper");
  const { page: theirs, watch } = await newVisitor(ITS_CERTIFICATE);
  await theirs.goto("/");
  await expect(theirs.getByRole("heading", { level: 1, name: SHOP })).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Maps of nowhere" })).toBeVisible();
  await theirs.goto("/signup");
  await fillSignup(theirs, customer);
  await expectLoggedIn(theirs, customer);
  await accountButton(theirs).click();
  await expect(theirs.getByRole("menuitem", { name: "Library" })).toBeVisible();
  for (const name of ["Your store", "Add a product", "Sales", "Shop settings"]) {
    await expect(theirs.getByRole("menuitem", { name })).toHaveCount(0);
  }
  for (const path of ["/products/new", "/dashboard/products", "/sales", "/settings/store"]) {
    await theirs.goto(path);
    await expect(
      theirs.getByRole("heading", { level: 1, name: "Only the shop owner can sell here" }),
      path,
    ).toBeVisible();
  }
  watch.allow(/404.*\/api\/stores\/grace-hopper/);
  for (const path of ["/operator/people", "/@grace-hopper"]) {
    await theirs.goto(path);
    await expect(theirs.getByRole("heading", { level: 1, name: "Page not found" }), path).toBeVisible();
  }
  expect((await theirs.request.get("/api/me/products")).status()).toBe(403);
});
