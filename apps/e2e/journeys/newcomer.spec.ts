import {
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillProduct,
  fillSignup,
  loginPath,
  logOut,
  productForm,
  publish,
} from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

const WANTED = "/products/new?from=mail#price";

test("R23: a newcomer follows a link, signs up, publishes, logs out, and leaves nothing behind", async ({
  newVisitor,
}) => {
  const ada = createIdentity();
  const { page, newTab } = await newVisitor();

  await page.goto(WANTED);
  await expectPath(page, loginPath(WANTED));
  await expect(page.getByText("Log in to continue")).toBeVisible();

  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await fillSignup(page, ada);
  await expectPath(page, WANTED);
  await expectLoggedIn(page, ada);

  const secondTab = await newTab();
  await secondTab.goto("/dashboard/products");
  await expectLoggedIn(secondTab, ada);

  await fillProduct(page, { name: "Knots for sailors", price: "12.50", description: "Forty of them, drawn by hand." });
  await publish(page, "Knots for sailors");
  await expect(page.getByText("Forty of them, drawn by hand.")).toBeVisible();

  const { page: stranger } = await newVisitor();
  await stranger.goto("/");
  await stranger.getByRole("link", { name: /Knots for sailors/ }).click();
  await expect(stranger.getByRole("heading", { level: 1, name: "Knots for sailors" })).toBeVisible();
  await expect(stranger.getByText("€12.50").first()).toBeVisible();

  await page.goto("/dashboard/products");
  await expect(page.getByText("Knots for sailors")).toBeVisible();
  await logOut(page);

  await page.goBack();
  await expectLoggedOut(page);
  await expect(page.getByRole("heading", { name: "Your products" })).toHaveCount(0);
  await expect(productForm(page)).toHaveCount(0);
  await expect(page.getByText(ada.email)).toHaveCount(0);

  await expectPath(secondTab, "/");
  await expectLoggedOut(secondTab);
});
