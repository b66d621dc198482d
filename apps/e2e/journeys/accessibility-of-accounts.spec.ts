import type { Page } from "@playwright/test";
import { type Endpoint, endpoints } from "@yumroad/contract";
import { expectAccessible } from "../support/accessible.ts";
import { addPasskeyDevice } from "../support/passkey-device.ts";
import { recordedRefusal } from "../support/recorded.ts";
import {
  addPasskey,
  askForLink,
  beginTwoFactor,
  confirmEmail,
  fillLogin,
  keepRecoveryCodes,
  logOut,
  openMail,
  settingsSection,
  turnOnTwoFactor,
} from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

const SETTINGS = {
  "/settings/profile": "Your profile",
  "/settings/security": "Security",
  "/settings/data": "Your data",
};

/** Makes the server require a fresh login once. */
async function requireFreshLoginOnce(page: Page, endpoint: Endpoint): Promise<void> {
  const refusal = recordedRefusal(endpoint, "reauth_required");
  await page.route(`**${endpoint.path}`, (route) => route.fulfill(refusal), { times: 1 });
}

// First in this file, because every account adds a mail.
test("the mail tray without its key, and with nothing in it, is accessible", async ({ newVisitor }) => {
  const { page, mailTray } = await newVisitor({ reducedMotion: "reduce" });
  await page.goto("/outbox");
  await expect(page.getByText(/^Open the link that the server printed/)).toBeVisible();
  await expectAccessible(page, "a mail tray without its key");
  await page.goto(mailTray);
  await expect(page.getByText(/^No emails yet\./)).toBeVisible();
  await expectAccessible(page, "an empty mail tray");
});

test("the pages of an account are accessible", async ({ newPerson }) => {
  test.setTimeout(300_000);
  const ada = await newPerson("Ada Lovelace", { reducedMotion: "reduce" });
  const { page, watch } = ada;
  const mail = await openMail(page, ada, "Confirm your email");
  await expect(mail.getByRole("link", { name: "Confirm your email" })).toBeVisible();
  await expectAccessible(page, "the mail tray");
  for (const [path, heading] of Object.entries(SETTINGS)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, path);
  }
  await page.getByRole("button", { name: "Delete my account…" }).click();
  await expect(page.getByRole("dialog", { name: "Delete your account?" })).toBeVisible();
  await expectAccessible(page, "the question before an account is deleted");

  await confirmEmail(page, ada);
  await page.goto("/settings/security");
  const device = await addPasskeyDevice(page);
  await addPasskey(page, device, "The laptop on the kitchen table, behind the fruit bowl");
  watch.allow(/403.*\/api\/account\/totp/);
  await requireFreshLoginOnce(page, endpoints.twoFactor.beginTotp);
  await settingsSection(page, "Two-factor authentication")
    .getByRole("button", { name: /^Set up/ })
    .click();
  const question = page.getByRole("dialog", { name: "Confirm it’s you" });
  await expect(question.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await expectAccessible(page, "the question whether it is you");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();

  const app = await beginTwoFactor(page);
  await expectAccessible(page, "setting up an app");
  await turnOnTwoFactor(page, app);
  await expectAccessible(page, "recovery codes");
  await keepRecoveryCodes(page);
  await expectAccessible(page, "security settings with all there is");

  watch.allow(/403.*\/api\/account\/recovery-codes/);
  await requireFreshLoginOnce(page, endpoints.twoFactor.renewRecoveryCodes);
  await page.getByRole("button", { name: "Create new codes" }).click();
  await question.getByLabel("6-digit code").fill(await app.nextCode());
  await expectAccessible(page, "the question whether it is you, with a code");
  await question.getByRole("textbox", { name: "Password" }).fill(ada.password);
  await question.getByRole("button", { name: "Confirm" }).click();
  await expect(question).toBeHidden();
  await keepRecoveryCodes(page);

  await logOut(page);
  await page.goto("/login?next=%2Fproducts%2Fnew");
  await fillLogin(page, ada);
  await expect(page.getByRole("heading", { level: 1, name: "Two-factor authentication" })).toBeVisible();
  await expectAccessible(page, "the second step of a log-in");
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await expectAccessible(page, "the second step with a recovery code");

  await page.goto("/forgot-password?next=%2Fproducts%2Fnew");
  await askForLink(page, ada);
  await expect(page.getByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();
  await expectAccessible(page, "a link is on its way");
});
