import { expectAccessible } from "../support/accessible.ts";
import { expect, test } from "../support/test.ts";

test("the page about the API is accessible and leads back to the shop", async ({ visitor: { page } }) => {
  test.setTimeout(300_000);
  await page.goto("/");
  await page.getByRole("link", { name: "API", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API" })).toBeVisible();
  await page.goto("/api/docs#products.update");
  await expect(page.getByText(/^curl -X PATCH .*SLUG.*"VERSION"/s)).toBeVisible();
  await expectAccessible(page, "/api/docs with an endpoint opened");
  await page.getByRole("banner").getByRole("link", { name: "Yumroad" }).click();
  await expect(page).toHaveURL("/");
});

test("its filter finds an endpoint, and the example of it works when it is run", async ({
  visitor: { page },
  request,
}) => {
  await page.goto("/api/docs");
  await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("/api/stores");
  await expect(page.getByRole("status")).toHaveText("1 endpoint");
  const endpoint = page.getByRole("article").filter({ visible: true });
  await expect(endpoint).toHaveCount(1);
  await expect(endpoint.getByRole("heading")).toHaveText("GET /api/stores/{handle}");
  await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("no such thing");
  await expect(page.getByRole("status")).toHaveText("0 endpoints");

  await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("get /api/products searches");
  const list = page.getByRole("article").filter({ visible: true });
  await list.getByText("Details and example").click();
  const [, address = ""] = /curl '([^']+)'/.exec((await list.textContent()) ?? "") ?? [];
  expect((await request.get(address)).status()).toBe(200);
});

test("it has the colours that were chosen in the shop", async ({ visitor: { page } }) => {
  await page.goto("/");
  // Its label, since the radio is out of sight: a click on that waits until the page has stopped moving.
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await page.goto("/api/docs");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});
