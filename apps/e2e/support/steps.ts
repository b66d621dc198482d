import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { type AuthenticatorApp, authenticatorApp } from "./authenticator-app.ts";
import type { PasskeyDevice } from "./passkey-device.ts";

/** The personal data of a user. */
export interface Identity {
  name: string;
  email: string;
  password: string;
}

/** The account button, which only a logged-in user has: it opens the menu with "Log out". */
export function accountButton(page: Page): Locator {
  return page.getByRole("banner").getByRole("button", { name: "Account menu" });
}

/** Proves that this user is logged in, on the page and at the server. */
export async function expectLoggedIn(page: Page, { name, email }: Pick<Identity, "name" | "email">): Promise<void> {
  await expect(accountButton(page)).toHaveAccessibleDescription(name);
  const answer = await page.request.get("/api/auth/session?passive=1");
  expect(await answer.json()).toMatchObject({ user: { email } });
}

/** Proves that no user is logged in, on the page and at the server. */
export async function expectLoggedOut(page: Page): Promise<void> {
  await expect(page.getByRole("banner").getByRole("link", { name: "Log in" })).toBeVisible();
  await expect(accountButton(page)).toHaveCount(0);
  const answer = await page.request.get("/api/auth/session?passive=1");
  expect(await answer.json()).toMatchObject({ user: null });
}

/** Fills in and submits the open sign-up form. */
export async function fillSignup(page: Page, { name, email, password }: Identity): Promise<void> {
  const form = page.getByRole("form", { name: "Sign up" });
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("Email").fill(email);
  await form.getByRole("textbox", { name: "Password" }).fill(password);
  await form.getByRole("button", { name: "Sign up" }).click();
}

/** Fills in and submits the open login form. */
export async function fillLogin(page: Page, { email, password }: Pick<Identity, "email" | "password">): Promise<void> {
  const form = page.getByRole("form", { name: "Log in" });
  await form.getByLabel("Email").fill(email);
  await form.getByRole("textbox", { name: "Password" }).fill(password);
  await form.getByRole("button", { name: "Log in" }).click();
}

/** Fills in and submits the open second step of a login. */
export async function fillSecondStep(page: Page, code: string, label = "6-digit code"): Promise<void> {
  const form = page.getByRole("form", { name: "Two-factor authentication" });
  await form.getByLabel(label).fill(code);
  await form.getByRole("button", { name: "Verify" }).click();
}

/** Fills in and submits the open form for a forgotten password. */
export async function askForLink(page: Page, { email }: Pick<Identity, "email">): Promise<void> {
  const form = page.getByRole("form", { name: "Forgot your password?" });
  await form.getByLabel("Email").fill(email);
  await form.getByRole("button", { name: "Email me a link" }).click();
}

/** The addressee of a mail in the tray, and the link that opens the tray. */
type Addressee = Pick<Identity, "email"> & { mailTray: string };

/** Waits for a mail to this person in the mail tray and opens it. */
export async function openMail(page: Page, { email, mailTray }: Addressee, subject: string): Promise<FrameLocator> {
  const mail = page.getByRole("main").getByRole("link", { name: subject }).filter({ hasText: email }).first();
  await page.goto(mailTray);
  // From here on the tab has the tray's key.
  await expectPath(page, "/outbox");
  await expect(async () => {
    await page.goto("/outbox");
    await expect(mail).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 20_000 });
  await mail.click();
  await expect(page.getByRole("article", { name: subject })).toContainText(email);
  return page.frameLocator(`iframe[title="Email: ${subject}"]`);
}

/** Verifies a user's email with the mailed link, in the browser where the user is logged in. */
export async function confirmEmail(page: Page, person: Addressee): Promise<void> {
  const mail = await openMail(page, person, "Confirm your email");
  await mail.getByRole("link", { name: "Confirm your email" }).click();
  await page.getByRole("button", { name: "Confirm my email" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your email is confirmed" })).toBeFocused();
}

/** Opens the settings by the account menu. */
export async function openSettings(page: Page, tab: "Profile" | "Security" | "Your data"): Promise<void> {
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: tab }).click();
  await expect(page.getByRole("heading", { level: 1, name: tab })).toBeVisible();
}

/** A section of a settings page. */
export function settingsSection(page: Page, name: string): Locator {
  return page.getByRole("region", { name });
}

/** Adds a passkey on the page of the security settings. */
export async function addPasskey(page: Page, device: PasskeyDevice, name: string): Promise<void> {
  const passkeys = settingsSection(page, "Passkeys");
  await passkeys.getByLabel("Name of the new passkey").fill(name);
  await device.approve(
    () => passkeys.getByRole("button", { name: "Add a passkey" }).click(),
    () => expect(page.getByText(`The passkey “${name}” is added`)).toBeVisible(),
  );
  await expect(passkeys.getByRole("listitem")).toContainText(name);
}

/** Starts two-factor setup on the page of the security settings, and gives its secret to an authenticator app. */
export async function beginTwoFactor(page: Page): Promise<AuthenticatorApp> {
  const twoFactor = settingsSection(page, "Two-factor authentication");
  await twoFactor.getByRole("button", { name: "Set up an authenticator app" }).click();
  await expect(twoFactor.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const secret = await twoFactor.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
  return authenticatorApp(secret?.replaceAll(" ", "") ?? "");
}

export async function turnOnTwoFactor(page: Page, app: AuthenticatorApp): Promise<void> {
  const twoFactor = settingsSection(page, "Two-factor authentication");
  await twoFactor.getByLabel("6-digit code").fill(await app.nextCode());
  await twoFactor.getByRole("button", { name: "Turn on" }).click();
  await expect(twoFactor.getByRole("list", { name: "Recovery codes" })).toBeVisible();
}

/** Notes the recovery codes and continues. */
export async function keepRecoveryCodes(page: Page): Promise<string[]> {
  const twoFactor = settingsSection(page, "Two-factor authentication");
  const codes = await twoFactor.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  await twoFactor.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(twoFactor).toContainText(`${codes.length} recovery codes are left`);
  return codes;
}

/** Logs out by the menu and waits for the home page. */
export async function logOut(page: Page): Promise<void> {
  await accountButton(page).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expectLoggedOut(page);
  await expectPath(page, "/");
}

/** Expects the address bar's exact path, query and fragment. */
export async function expectPath(page: Page, path: string, options: { timeout?: number } = {}): Promise<void> {
  await expect.poll(() => pathOf(page), { message: "the address", ...options }).toBe(path);
}

export function pathOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}

/** Address of the login page that leads back to a page. */
export function loginPath(next: string): string {
  return `/login?${new URLSearchParams({ next })}`;
}

/** Opens a protected page while logged out, and expects the login page with the way back. */
export async function tryPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectPath(page, loginPath(path));
  await expect(page.getByText(/^Then we’ll take you back to /)).toBeVisible();
}

export function productForm(page: Page): Locator {
  return page.getByRole("form", { name: "Add a product" });
}

/** Fills in the form of a new product without submitting it. */
export async function fillProduct(
  page: Page,
  { name, price, description = "" }: { name: string; price: string; description?: string },
): Promise<void> {
  const form = productForm(page);
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("Price").fill(price);
  await form.getByLabel("Description").fill(description);
}

/** Publishes the filled-in product and waits for its page. */
export async function publish(page: Page, name: string): Promise<void> {
  await productForm(page).getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/p\/[a-z0-9-]+$/);
}

/** Ends the session on the server without the browser's knowledge, by a logout with its cookie. */
export async function endSessionElsewhere(page: Page, origin = new URL(page.url()).origin): Promise<void> {
  const cookies = await page.context().cookies(origin);
  const answer = await fetch(`${origin}/api/auth/logout`, {
    method: "POST",
    headers: { Origin: origin, Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
  });
  expect(answer.status).toBe(204);
}

/** Makes the server seem to say that the session ends in two minutes, until `unroute`. */
export async function endSoon(page: Page): Promise<void> {
  await page.route("**/api/auth/session*", async (route) => {
    const response = await route.fetch();
    const expiresAt = new Date(Date.now() + 120_000).toISOString();
    await route.fulfill({ response, json: { ...(await response.json()), expiresAt } });
  });
}
