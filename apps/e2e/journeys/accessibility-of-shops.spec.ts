import { expectAccessible } from "../support/accessible.ts";
import { expectPath, fillLogin } from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

/** The seller of the local demo, who operates it. */
const OPERATOR = { email: "mira@demo.example", password: "a quiet tuesday in lisbon" };

/** The heading of each page, to wait for before the check. */
const FOR_OPERATORS = {
  "/operator/people": "People",
  "/operator/stores": "Stores",
  "/operator/mail": "Emails",
  "/operator/shop": "Shop settings",
  "/settings/store": "Your store",
};

test("the pages of who runs a shop are accessible", async ({ newVisitor }) => {
  test.setTimeout(300_000);
  const { page } = await newVisitor({ reducedMotion: "reduce" });
  await page.goto("/login");
  await fillLogin(page, OPERATOR);
  await expectPath(page, "/");
  for (const [path, heading] of Object.entries(FOR_OPERATORS)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
  }
});
