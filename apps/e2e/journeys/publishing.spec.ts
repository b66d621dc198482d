import { expectPath, fillProduct, productForm, publish } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

test("the preview shows the product as it will be", async ({ person: { page } }) => {
  await page.goto("/products/new");
  await fillProduct(page, { name: "Maps of nowhere", price: "19.99", description: "Twelve of them." });
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("heading", { name: "Maps of nowhere" })).toBeVisible();
  await expect(preview.getByText("€19.99").first()).toBeVisible();
  await expect(preview.getByText("Twelve of them.")).toBeVisible();
});

test.describe("what is wrong with a product is said at its field, and what was typed stays", () => {
  const wrong = [
    { field: "Name", typed: { name: "    ", price: "5" } },
    { field: "Name", typed: { name: "abc", price: "5" } },
    { field: "Price", typed: { name: "A good name", price: "" } },
    { field: "Price", typed: { name: "A good name", price: "-5" } },
    { field: "Price", typed: { name: "A good name", price: "19.999" } },
    { field: "Price", typed: { name: "A good name", price: "NaN" } },
    { field: "Price", typed: { name: "A good name", price: "1e30" } },
    { field: "Description", typed: { name: "A good name", price: "5", description: "x".repeat(10_001) } },
  ];
  test("field by field", async ({ person: { page } }) => {
    await page.goto("/products/new");
    for (const { field, typed } of wrong) {
      await fillProduct(page, typed);
      await productForm(page).getByRole("button", { name: "Publish" }).click();
      await expect(productForm(page).getByLabel(field, { exact: true })).toHaveAttribute("aria-invalid", "true");
      await expect(productForm(page).getByLabel("Price")).toHaveValue(typed.price);
    }
    await expectPath(page, "/products/new");
  });
});

test("a double click publishes once", async ({ person: { page } }) => {
  await page.goto("/products/new");
  await fillProduct(page, { name: "Only one of these", price: "5" });
  await productForm(page).getByRole("button", { name: "Publish" }).dblclick();
  await expect(page.getByRole("heading", { level: 1, name: "Only one of these" })).toBeVisible();
  await page.goto("/dashboard/products");
  await expect(page.getByRole("link", { name: "Only one of these" })).toHaveCount(1);
});

test("a draft is its seller's alone", async ({ person, newVisitor }) => {
  const { page } = person;
  await page.goto("/products/new");
  await fillProduct(page, { name: "Not ready to be seen", price: "5" });
  await productForm(page).getByRole("button", { name: "Save draft" }).click();
  await expectPath(page, "/dashboard/products");
  await expect(page.getByRole("link", { name: "Not ready to be seen" })).toBeVisible();

  const edit = await page
    .getByRole("link", { name: /Not ready to be seen/ })
    .first()
    .getAttribute("href");

  // A published product next to it shows that each of these places would list it.
  await page.goto("/products/new");
  await fillProduct(page, { name: "There for everybody", price: "5" });
  await publish(page, "There for everybody");
  const { page: stranger, watch } = await newVisitor();
  watch.allow(/404.*\/api\//);
  await stranger.goto("/products?q=ready+to+be+seen");
  await expect(stranger.getByText(/No products found/)).toBeVisible();
  const hidden = stranger.getByText("Not ready to be seen");
  await stranger.goto("/products");
  await stranger.getByRole("link", { name: /There for everybody/ }).click();
  await expect(hidden).toHaveCount(0);
  await stranger.getByRole("article").getByText(/^by /).getByRole("link").click();
  await expect(
    stranger.getByRole("main").getByRole("link", { name: "There for everybody", exact: true }),
  ).toBeVisible();
  await expect(hidden).toHaveCount(0);
  await stranger.goto(`/p/${edit?.split("/").at(-1)}`);
  await expect(stranger.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
});

test("a search finds a product by its words and keeps them in the address", async ({ visitor: { page } }) => {
  await page.goto("/products");
  const search = page.getByRole("main").getByRole("searchbox");
  await search.fill("waterc bru");
  await expectPath(page, "/products?q=waterc+bru");
  await expect(page.getByRole("link", { name: /Watercolour brushes/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main").getByRole("searchbox")).toHaveValue("waterc bru");
});
