import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expectAccessibleInEachScheme } from "../support/accessible.ts";
import { type AuthenticatorApp, authenticatorApp } from "../support/authenticator-app.ts";
import { addPasskeyDevice } from "../support/passkey-device.ts";
import {
  accountButton,
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogIn,
  fillSecondStep,
  logInPath,
  logOut,
  openMail,
  productForm,
  settingsSection,
} from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

const WANTED = "/products/new?from=mail#price";
const LAPTOP =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";

/** Tries the page that all of this is about, and ends up at the log-in page. */
async function tryPage(page: Page): Promise<void> {
  await page.goto(WANTED);
  await expectPath(page, logInPath(WANTED));
  await expect(page.getByText("You’ll go back to New product")).toBeVisible();
}

async function expectWantedPage(page: Page): Promise<void> {
  await expectPath(page, WANTED);
  await expect(productForm(page)).toBeVisible();
}

async function openSettings(page: Page, tab: string): Promise<void> {
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: tab }).click();
  await expect(page.getByRole("heading", { level: 1, name: tab })).toBeVisible();
  await page.waitForLoadState("networkidle");
}

async function addPasskey(page: Page): Promise<void> {
  const passkeys = settingsSection(page, "Passkeys");
  await passkeys.getByLabel("Name of the new passkey").fill("My desk");
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey “My desk” is added")).toBeVisible();
  await expect(passkeys.getByRole("listitem")).toContainText("My desk");
}

/** Sets up an app as second factor. Gives the app, and the codes that are to be kept on paper. */
async function setUpTwoFactor(page: Page): Promise<{ app: AuthenticatorApp; recoveryCodes: string[] }> {
  const twoFactor = settingsSection(page, "Two-factor log-in");
  await twoFactor.getByRole("button", { name: "Set up an authenticator app" }).click();
  await expect(twoFactor.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  await expectAccessibleInEachScheme(page, "setting up an app");
  const secret = await twoFactor.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
  const app = authenticatorApp(secret?.replaceAll(" ", "") ?? "");
  await twoFactor.getByLabel("Code from the app").fill(await app.nextCode());
  await twoFactor.getByRole("button", { name: "Turn on" }).click();
  const codes = twoFactor.getByRole("list", { name: "Recovery codes" });
  await expect(codes).toBeVisible();
  await expectAccessibleInEachScheme(page, "recovery codes");
  const recoveryCodes = await codes.getByRole("listitem").allTextContents();
  await twoFactor.getByRole("button", { name: "I have kept them" }).click();
  await expect(twoFactor).toContainText(`${recoveryCodes.length} recovery codes are left`);
  return { app, recoveryCodes };
}

test("a lost password, a passkey, a second factor, another laptop, and all data to take along", async ({
  newPerson,
  newVisitor,
}) => {
  test.slow();
  const ada = await newPerson("Ada Lovelace", { reducedMotion: "reduce" });
  const { page } = ada;
  await logOut(page);

  // The password is lost, and the mail tray has the way back in.
  await tryPage(page);
  await page.getByRole("main").getByRole("link", { name: "Forgot your password?" }).click();
  const forgotten = page.getByRole("form", { name: "Forgot your password?" });
  await expectAccessibleInEachScheme(page, "forgot password");
  await forgotten.getByLabel("Email").fill(ada.email);
  await forgotten.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Look into your inbox" })).toBeFocused();
  await expectAccessibleInEachScheme(page, "a link is on its way");
  const mail = await openMail(page, ada, "Choose a new password");
  await expectAccessibleInEachScheme(page, "the mail tray");
  await mail.getByRole("link", { name: "Choose a new password" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Choose a new password" })).toBeVisible();
  await expect(page).not.toHaveURL(/token/);
  await expectAccessibleInEachScheme(page, "choosing a new password");
  const renewed = { ...ada, password: `new ${ada.password}` };
  await page.getByRole("textbox", { name: "New password" }).fill(renewed.password);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed. Log in with the new one.")).toBeVisible();
  await fillLogIn(page, renewed);
  await expectWantedPage(page);
  await expectLoggedIn(page, ada);

  // There is another laptop, too.
  const laptop = await newVisitor({ userAgent: LAPTOP });
  await laptop.page.goto(logInPath("/dashboard/products"));
  await fillLogIn(laptop.page, renewed);
  await expectPath(laptop.page, "/dashboard/products");

  await addPasskeyDevice(page);
  await openSettings(page, "Security");
  await addPasskey(page);
  const { app, recoveryCodes } = await setUpTwoFactor(page);
  await expectAccessibleInEachScheme(page, "security settings");
  await logOut(page);

  // Each way in leads to the page first tried.
  await tryPage(page);
  await page.getByRole("button", { name: "Log in with a passkey" }).click();
  await expectWantedPage(page);
  await expectLoggedIn(page, ada);
  await logOut(page);

  await tryPage(page);
  await fillLogIn(page, renewed);
  await expect(page.getByRole("heading", { level: 1, name: "One more step" })).toBeVisible();
  await expectLoggedOut(page);
  await expectAccessibleInEachScheme(page, "the second step of a log-in");
  await fillSecondStep(page, await app.nextCode());
  await expectWantedPage(page);
  await expectLoggedIn(page, ada);
  await logOut(page);

  await tryPage(page);
  await fillLogIn(page, renewed);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await fillSecondStep(page, recoveryCodes[0] ?? "", "Recovery code");
  await expectWantedPage(page);
  await openSettings(page, "Security");
  const left = `${recoveryCodes.length - 1} recovery codes are left`;
  await expect(settingsSection(page, "Two-factor log-in")).toContainText(left);

  // The other laptop is seen, and ended: it is out at its next request.
  const sessions = settingsSection(page, "Sessions").getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This one" })).toHaveCount(1);
  const other = sessions.filter({ hasText: "Edge on Windows" });
  await other.getByRole("button", { name: /^End / }).click();
  await expect(sessions).toHaveCount(1);
  await laptop.page.reload();
  await expectPath(laptop.page, logInPath("/dashboard/products"));
  await expect(laptop.page.getByText("Your session ended. Log in again to go on.")).toBeVisible();
  await expectLoggedOut(laptop.page);
  await expectLoggedIn(page, ada);

  // All of it, to take along.
  await openSettings(page, "Your data");
  await expectAccessibleInEachScheme(page, "one’s own data");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download everything" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^yumroad-.*\.zip$/);
  const files = unzipSync(await readFile(await download.path()));
  const account = JSON.parse(Buffer.from(files["account.json"] ?? []).toString("utf8"));
  expect(account).toMatchObject({ email: ada.email, name: ada.name });
  await expect(page.getByText("Your data is downloaded")).toBeVisible();
});
