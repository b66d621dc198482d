import { expectAccessible } from "../support/accessible.ts";
import { pathOf, productForm, publish } from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

test("R130, R131: a seller makes a code, a buyer pays less with its link, and the seller sees what it took off", async ({
  person,
  newVisitor,
}) => {
  test.setTimeout(300_000);
  const { page: seller } = person;
  await seller.goto("/products/new");
  const product = productForm(seller);
  await product.getByLabel("Name", { exact: true }).fill("Paper moon");
  await product.getByLabel("Price").fill("19");
  await publish(seller, "Paper moon");
  const productPath = pathOf(seller);

  await seller.goto("/discounts");
  await seller.getByRole("button", { name: "New code" }).click();
  const form = seller.getByRole("form", { name: "New discount code" });
  await expect(form.getByRole("textbox", { name: "Code" })).toBeFocused();
  await form.getByRole("textbox", { name: "Code" }).fill("Spring25");
  await form.getByLabel("Discount", { exact: true }).fill("25 %");
  await form.getByLabel("Total uses").fill("1");
  await expectAccessible(seller, "the form of a discount code");
  await form.getByRole("button", { name: "Create code" }).click();
  await expect(seller.getByRole("row", { name: /Spring25 25% off 0 of 1/ })).toBeVisible();
  await expectAccessible(seller, "discount codes");

  const { page } = await newVisitor({ reducedMotion: "reduce" });
  await page.goto(`${productPath}?code=spring25`);
  await page.getByRole("link", { name: "Buy now" }).click();
  await expect(page.getByText("−€4.75")).toBeVisible();
  await expectAccessible(page, "a checkout with a discount");
  await page.getByLabel("Email").fill(createIdentity().email);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Pay €14.25" }).click();
  await page.getByRole("button", { name: "Pay €14.25" }).click();
  await expect(page.getByRole("region", { name: "Receipt" })).toContainText(
    "Paper moon€19.00Discount (Spring25)−€4.75Total€14.25",
  );

  const late = await newVisitor({ reducedMotion: "reduce" });
  late.watch.allow(/409.*\/quote/);
  await late.page.goto(`${productPath}/checkout`);
  await late.page.getByRole("button", { name: "Have a discount code?" }).click();
  await late.page.keyboard.type("SPRING25");
  await late.page.keyboard.press("Enter");
  await expect(late.page.getByLabel("Discount code")).toHaveAccessibleDescription(
    "This discount code has been used up.",
  );
  await expectAccessible(late.page, "a checkout with a code that is used up");

  await seller.goto("/discounts");
  await expect(seller.getByRole("row", { name: /Spring25 25% off 1 of 1 .*Used up/ })).toBeVisible();
});
