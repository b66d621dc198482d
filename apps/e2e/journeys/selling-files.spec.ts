import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { createIdentity, expect, test } from "../support/test.ts";

const FILE = { name: "Field notes.zip", mimeType: "application/zip", buffer: randomBytes(20_000_000) };
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Downloads the file of the open order by its button. */
async function download(page: Page): Promise<{ url: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download Field notes" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.zip$/);
  return { url: file.url(), bytes: await readFile(await file.path()) };
}

test("R150, R152: a seller uploads a file over a broken connection, and a guest buys and downloads it in two parts", async ({
  person,
  newVisitor,
}) => {
  test.setTimeout(240_000);
  const { page, watch } = person;
  const origin = new URL(page.url()).origin;
  const price = { amount: 0, currency: "EUR" };
  const data = { name: "Field notes", description: "From the field.", price, status: "published" };
  const created = await page.request.post("/api/products", { data, headers: { origin } });
  const { slug } = await created.json();
  await page.goto(`/dashboard/products/${slug}`);
  const section = page.getByRole("region", { name: "What buyers get" });

  // The connection breaks in the second part.
  let parts = 0;
  watch.allow(/ERR_CONNECTION_RESET|net::ERR_FAILED/);
  await page.route("**/api/uploads/*", (route) => {
    const isPart = route.request().method() === "PATCH";
    if (isPart) parts += 1;
    return isPart && parts === 2 ? route.abort("connectionreset") : route.continue();
  });
  await section.locator("input[type=file][multiple]").setInputFiles(FILE);
  await expect(section.getByText("Field notes.zip · 20 MB")).toBeVisible({ timeout: 60_000 });
  expect(parts).toBeGreaterThan(2);
  await expect(section.getByText("Checking.")).toBeHidden({ timeout: 30_000 });
  await expectAccessible(page, "a product with a file");

  const buyer = await newVisitor();
  await buyer.page.goto(`/p/${slug}`);
  await expect(buyer.page.getByText("ZIP, 20 MB")).toBeVisible();
  await buyer.page.getByRole("link", { name: "Get it now" }).click();
  await buyer.page.getByLabel("Email").fill(createIdentity().email);
  await buyer.page.getByRole("button", { name: "Get it" }).click();
  await expect(buyer.page.getByText("Field notes.zip · 20 MB")).toBeVisible();
  await expectAccessible(buyer.page, "an order with a file");
  const { url, bytes } = await download(buyer.page);
  expect(sha256(bytes)).toBe(sha256(FILE.buffer));

  // Half on the train, the rest at home: another program, without the cookies of the browser.
  const half = await fetch(url, { headers: { range: "bytes=0-9999999" } });
  const rest = await fetch(url, { headers: { range: "bytes=10000000-", "if-range": half.headers.get("etag") ?? "" } });
  const joined = Buffer.concat([Buffer.from(await half.arrayBuffer()), Buffer.from(await rest.arrayBuffer())]);
  expect([half.status, rest.status, sha256(joined)]).toEqual([206, 206, sha256(FILE.buffer)]);

  const newer = { ...FILE, name: "Field notes 2.zip", buffer: randomBytes(50_000) };
  const replacing = section.getByRole("button", { name: "Replace Field notes" });
  const chooser = page.waitForEvent("filechooser");
  await replacing.click();
  await (await chooser).setFiles(newer);
  await expect(section.getByText("Field notes 2.zip · 50 kB · Version 2")).toBeVisible();
  await expect(section.getByText("Checking.")).toBeHidden({ timeout: 30_000 });
  await buyer.page.reload();
  await expect(buyer.page.getByText("New version of")).toBeVisible();
  expect(sha256((await download(buyer.page)).bytes)).toBe(sha256(newer.buffer));
});
