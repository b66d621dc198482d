import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expectAccessible } from "../support/accessible.ts";
import { addPasskeyDevice } from "../support/passkey-device.ts";
import {
  addPasskey,
  askForLink,
  beginTwoFactor,
  confirmEmail,
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillSecondStep,
  keepRecoveryCodes,
  loginPath,
  logOut,
  openMail,
  openSettings,
  productForm,
  settingsSection,
  tryPage,
  turnOnTwoFactor,
} from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

const WANTED = "/products/new?from=mail#price";
const LAPTOP =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";

async function expectWantedPage(page: Page): Promise<void> {
  await expectPath(page, WANTED);
  await expect(productForm(page)).toBeVisible();
}

test("R24, R65, R67, R68, R70: a lost password, a passkey, a second factor, another laptop, and all data to take along", async ({
  newPerson,
  newVisitor,
}) => {
  test.slow();
  const ada = await newPerson("Ada Lovelace", { reducedMotion: "reduce" });
  const { page } = ada;
  await logOut(page);
  const elsewhere = (await newVisitor()).page;
  await elsewhere.goto("/login");
  await fillLogin(elsewhere, ada);
  await expectLoggedIn(elsewhere, ada);
  const bystander = await newPerson("Eve Newcomer");

  // The password is lost; the mail tray has the link to reset it.
  await tryPage(page, WANTED);
  await page.getByRole("main").getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("form", { name: "Forgot your password?" })).toBeVisible();
  await expectAccessible(page, "forgot password");
  await askForLink(page, ada);
  await expect(page.getByRole("heading", { level: 1, name: "Check your inbox" })).toBeFocused();
  await expectAccessible(page, "a link is on its way");
  await page.getByRole("main").getByRole("link", { name: "demo inbox" }).click();
  await expectPath(page, "/outbox");
  await expect(page.getByText(/^Open the link that the server printed/)).toBeVisible();
  const mail = await openMail(page, ada, "Choose a new password");
  await expectAccessible(page, "the mail tray");
  await mail.getByRole("link", { name: "Choose a new password" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Choose a new password" })).toBeVisible();
  await expect(page).not.toHaveURL(/token/);
  await expectAccessible(page, "choosing a new password");
  const renewed = { ...ada, password: `new ${ada.password}` };
  await page.getByRole("textbox", { name: "New password" }).fill(renewed.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed. Log in with the new one.")).toBeVisible();
  await expectLoggedOut(page);
  await elsewhere.reload();
  await expectLoggedOut(elsewhere);
  await bystander.page.reload();
  await expectLoggedIn(bystander.page, bystander);
  await fillLogin(page, renewed);
  await expectWantedPage(page);
  await expectLoggedIn(page, ada);

  const device = await addPasskeyDevice(page);
  await openSettings(page, "Security");
  await addPasskey(page, device, "My desk");
  const app = await beginTwoFactor(page);
  await expectAccessible(page, "setting up an app");
  await turnOnTwoFactor(page, app);
  await expectAccessible(page, "recovery codes");
  const recoveryCodes = await keepRecoveryCodes(page);
  await expectAccessible(page, "security settings");
  await logOut(page);

  // Each login method leads to the page that was tried first.
  await tryPage(page, WANTED);
  // The passkey offer is pending by now, although the device was not touched.
  await page.waitForLoadState("networkidle");
  await device.approve(
    () => page.getByRole("button", { name: "Log in with a passkey" }).click(),
    () => expectWantedPage(page),
  );
  await expectLoggedIn(page, ada);
  await logOut(page);

  await tryPage(page, WANTED);
  await fillLogin(page, renewed);
  await expect(page.getByRole("heading", { level: 1, name: "Two-factor authentication" })).toBeVisible();
  await expectLoggedOut(page);
  await expectAccessible(page, "the second step of a log-in");
  await fillSecondStep(page, await app.nextCode());
  await expectWantedPage(page);
  await expectLoggedIn(page, ada);

  const laptop = (await newVisitor({ userAgent: LAPTOP })).page;
  await tryPage(laptop, WANTED);
  await fillLogin(laptop, renewed);
  await laptop.getByRole("button", { name: "Use a recovery code" }).click();
  await fillSecondStep(laptop, recoveryCodes[0] ?? "", "Recovery code");
  await expectWantedPage(laptop);
  await expectLoggedIn(laptop, ada);

  // The other laptop is listed and ended; its next request is refused.
  await openSettings(page, "Security");
  const left = `${recoveryCodes.length - 1} recovery codes are left`;
  await expect(settingsSection(page, "Two-factor authentication")).toContainText(left);
  const sessions = settingsSection(page, "Devices").getByRole("list", { name: "Devices" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This device" })).toHaveCount(1);
  const other = sessions.filter({ hasText: "Edge on Windows" });
  await other.getByRole("button", { name: /^Log out / }).click();
  await expect(sessions).toHaveCount(1);
  await laptop.reload();
  await expectPath(laptop, loginPath(WANTED));
  await expect(laptop.getByText("You’ve been logged out. Log in to continue.")).toBeVisible();
  await expectLoggedOut(laptop);
  await expectLoggedIn(page, ada);

  // Everything is exported.
  await openSettings(page, "Your data");
  await expect(page.getByRole("button", { name: "Delete my account…" })).toBeVisible();
  await expectAccessible(page, "one’s own data");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^yumroad-.*\.zip$/);
  const files = unzipSync(await readFile(await download.path()));
  const account = JSON.parse(Buffer.from(files["account.json"] ?? []).toString("utf8"));
  expect(account).toMatchObject({ email: ada.email, name: ada.name });
  await expect(page.getByText("Your data is downloaded")).toBeVisible();
});

test("R24, R72: a passkey that the browser offers by itself logs in, back to the page first tried", async ({
  person,
}) => {
  const { page } = person;
  await confirmEmail(page, person);
  const device = await addPasskeyDevice(page);
  await openSettings(page, "Security");
  await addPasskey(page, device, "My desk");
  await logOut(page);

  // An offered passkey that is not used changes nothing.
  await tryPage(page, WANTED);
  await page.waitForLoadState("networkidle");
  await expectLoggedOut(page);

  // The device approves before the page loads, so that no timing is involved; nothing is pressed or typed.
  const used = page.waitForRequest("**/api/auth/passkey");
  await device.approve(
    async () => void (await page.goto(loginPath(WANTED))),
    () => expectWantedPage(page),
  );
  expect((await used).postDataJSON()).toMatchObject({ remember: false });
  await expectLoggedIn(page, person);
});
