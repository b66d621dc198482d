import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { confirmEmail, expectLoggedIn, fillSignup } from "../support/steps.ts";
import { createIdentity, expect, type Person, test } from "../support/test.ts";

const SIZE = 200_000_000;
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** A new product of a seller. Returns its slug. */
async function createProduct({ page }: Person): Promise<string> {
  const price = { amount: 1900, currency: "EUR" };
  const data = { name: "Field notes", description: "From the field.", price, status: "published" };
  const answer = await page.request.post("/api/products", {
    data,
    headers: { origin: new URL(page.url()).origin },
  });
  return (await answer.json()).slug;
}

/** Breaks the connection of these parts. Returns how many parts were begun so far. */
async function breakParts(page: Page, broken: readonly number[]): Promise<() => number> {
  let parts = 0;
  await page.route("**/api/uploads/*", (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    parts += 1;
    return broken.includes(parts) ? route.abort("connectionreset") : route.continue();
  });
  return () => parts;
}

/** Downloads the file of the open order by its button. */
async function download(page: Page): Promise<{ url: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download Field notes" }).click(),
  ]);
  return { url: file.url(), bytes: await readFile(await file.path()) };
}

/** Another program, without the cookies of the browser. */
async function fetchPart(url: string, headers: Record<string, string>): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(url, { headers });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function buy(page: Page, slug: string, email: string): Promise<void> {
  await page.goto(`/p/${slug}`);
  await expect(page.getByText("ZIP, 200 MB")).toBeVisible();
  await page.getByRole("link", { name: "Buy now" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await expect(page.getByText("Field notes.zip · 200 MB")).toBeVisible();
}

test("R150, R152, R153: 200 MB over a bad line, a log-out and a restart are sold, and downloaded in two halves", async ({
  person,
  newVisitor,
  server,
}) => {
  test.setTimeout(150_000);
  const { page, watch } = person;
  const folder = await mkdtemp(join(tmpdir(), "yumroad-file-"));
  const bytes = randomBytes(SIZE);
  const path = join(folder, "Field notes.zip");
  await writeFile(path, bytes);
  const slug = await createProduct(person);
  await page.goto(`/dashboard/products/${slug}`);
  const section = page.getByRole("region", { name: "What buyers get" });

  watch.allow(/ERR_CONNECTION_RESET|ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|401|503/);
  const parts = await breakParts(page, [2, 5]);
  await section.locator("input[type=file][multiple]").setInputFiles(path);
  await expect.poll(parts, { timeout: 60_000 }).toBeGreaterThan(6);
  await server.restart();
  await expect.poll(parts, { timeout: 60_000 }).toBeGreaterThan(8);
  // The session ends on another device. The page asks for a log-in, and the upload goes on.
  const elsewhere = await newVisitor();
  await elsewhere.page.goto("/login");
  await elsewhere.page.getByLabel("Email").fill(person.email);
  await elsewhere.page.getByLabel("Password", { exact: true }).fill(person.password);
  await elsewhere.page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(elsewhere.page.getByRole("button", { name: "Account menu" })).toBeVisible();
  const origin = new URL(page.url()).origin;
  await elsewhere.page.request.delete("/api/account/sessions", { headers: { origin } });
  await page.getByLabel("Email").fill(person.email, { timeout: 60_000 });
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(section.getByText("Field notes.zip · 200 MB")).toBeVisible({ timeout: 120_000 });
  await expect(section.getByText("Checking.")).toBeHidden({ timeout: 60_000 });
  await expectAccessible(page, "a product with a file");

  const buyer = await newVisitor();
  const identity = createIdentity();
  await buy(buyer.page, slug, identity.email);
  await expectAccessible(buyer.page, "an order with a file");
  const { url, bytes: whole } = await download(buyer.page);
  expect(sha256(whole)).toBe(sha256(bytes));
  const half = await fetchPart(url, { range: "bytes=0-99999999" });
  const rest = await fetchPart(url, { range: "bytes=100000000-", "if-range": `"${sha256(bytes)}"` });
  expect([half.status, rest.status]).toEqual([206, 206]);
  expect(sha256(Buffer.concat([half.bytes, rest.bytes]))).toBe(sha256(bytes));

  const newer = { name: "Field notes 2.zip", mimeType: "application/zip", buffer: randomBytes(50_000) };
  const chooser = page.waitForEvent("filechooser");
  await section.getByRole("button", { name: "Replace Field notes" }).click();
  await (await chooser).setFiles(newer);
  await expect(section.getByText("Field notes 2.zip · 50 kB · Version 2")).toBeVisible();
  await expect(section.getByText("Checking.")).toBeHidden({ timeout: 30_000 });

  // Who bought as a guest has it in the library, after signing up with that email.
  await buyer.page.goto("/signup");
  await fillSignup(buyer.page, identity);
  await expectLoggedIn(buyer.page, identity);
  await confirmEmail(buyer.page, { ...identity, mailTray: buyer.mailTray });
  await buyer.page.goto("/library");
  await buyer.page.getByRole("link", { name: "Field notes" }).first().click();
  await expect(buyer.page.getByText("New version of")).toBeVisible();
  const second = await download(buyer.page);
  expect(sha256(second.bytes)).toBe(sha256(newer.buffer));

  // A refund ends the access, also to what was begun.
  const ref = buyer.page.url().split("/").at(-1) ?? "";
  await person.page.goto(`/sales/${ref}`);
  await person.page.getByRole("button", { name: "End access" }).click();
  await expect(person.page.getByRole("button", { name: "Restore access" })).toBeVisible();
  expect((await fetchPart(second.url, {})).status).toBe(410);
  buyer.watch.allow(/410.*\/d\//);
  await buyer.page.goto(new URL(second.url).pathname);
  await expect(buyer.page.getByRole("heading", { name: "This download has ended" })).toBeVisible();
  await expectAccessible(buyer.page, "a download that has ended");
  await rm(folder, { recursive: true });
});
