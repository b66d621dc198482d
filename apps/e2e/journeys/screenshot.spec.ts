import { fileURLToPath } from "node:url";
import { expect, test } from "../support/test.ts";

const FILE = fileURLToPath(new URL("../../../docs/screenshot.png", import.meta.url));

test("the picture of the home page in the README is made here", async ({ newVisitor }) => {
  test.skip(!process.env.UPDATE_SCREENSHOT, "UPDATE_SCREENSHOT is not set");
  const { page } = await newVisitor({ colorScheme: "light", viewport: { width: 1280, height: 1150 } });
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("heading", { level: 3 }).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: FILE });
});
