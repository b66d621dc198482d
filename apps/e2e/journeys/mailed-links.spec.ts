import { expectAccessible } from "../support/accessible.ts";
import {
  askForLink,
  confirmEmail,
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillSignup,
  logOut,
  openMail,
  openSettings,
  productForm,
  settingsSection,
  tryPage,
} from "../support/steps.ts";
import { expect, test } from "../support/test.ts";

const WANTED = "/products/new?from=mail&x=a%20b&y=%2F#price";

test("a mailed link that is opened in another tab keeps the way back", async ({ person, newPerson }) => {
  const { page, newTab } = person;
  await logOut(page);
  await tryPage(page, WANTED);
  await page.getByRole("main").getByRole("link", { name: "Forgot your password?" }).click();
  await askForLink(page, person);
  await expect(page.getByRole("heading", { level: 1, name: "Check your inbox" })).toBeVisible();

  const tray = await newTab();
  const mail = await openMail(tray, person, "Choose a new password");
  const link = await mail.getByRole("link", { name: "Choose a new password" }).getAttribute("href");
  expect(link).toMatch(/\/reset-password#token=[\w-]+$/);
  await tray.close();
  const tab = await newTab();
  await tab.goto(link ?? "");
  const renewed = { ...person, password: `new ${person.password}` };
  await tab.getByRole("textbox", { name: "New password" }).fill(renewed.password);
  await tab.getByRole("button", { name: "Change password" }).click();
  await expect(tab.getByRole("textbox", { name: "Email" })).toHaveValue(person.email);
  await fillLogin(tab, renewed);
  await expectPath(tab, WANTED);
  await expect(productForm(tab)).toBeVisible();
  await expectLoggedIn(tab, person);

  // A target on another site is ignored, whoever wrote it into the address.
  const eve = await newPerson("Eve Newcomer");
  await eve.page.goto(`/forgot-password?${new URLSearchParams({ next: "//evil.example/" })}`);
  await askForLink(eve.page, eve);
  const other = await openMail(eve.page, eve, "Choose a new password");
  await other.getByRole("link", { name: "Choose a new password" }).click();
  await eve.page.getByRole("textbox", { name: "New password" }).fill(renewed.password);
  await eve.page.getByRole("button", { name: "Change password" }).click();
  await expectPath(eve.page, "/login");
});

test("opening the link to confirm an address does nothing, pressing the button does", async ({
  person,
  newVisitor,
}) => {
  const { page } = person;
  const mail = await openMail(page, person, "Confirm your email");
  const link = (await mail.getByRole("link", { name: "Confirm your email" }).getAttribute("href")) ?? "";
  // Mail scanners and prefetching browsers fetch the link.
  for (const method of ["HEAD", "GET"]) await page.request.fetch(link, { method });
  const elsewhere = await newVisitor();
  await elsewhere.page.goto(link);
  await expect(elsewhere.page.getByRole("heading", { level: 1, name: "Confirm your email" })).toBeVisible();
  await elsewhere.page.waitForLoadState("networkidle");
  await openSettings(page, "Profile");
  await expect(settingsSection(page, "Your email").getByText("Not confirmed")).toBeVisible();

  // That browser is logged out: a click is not enough, the password is required.
  elsewhere.watch.allow(/403.*\/api\/auth\//);
  await elsewhere.page.getByRole("button", { name: "Confirm my email" }).click();
  await expect(elsewhere.page.getByRole("heading", { level: 1, name: "Enter your password" })).toBeFocused();
  await expectAccessible(elsewhere.page, "the password that a link to confirm an address asks for");
  await page.reload();
  await expect(settingsSection(page, "Your email").getByText("Not confirmed")).toBeVisible();
  await elsewhere.page.getByRole("textbox", { name: "Password" }).fill(person.password);
  await elsewhere.page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(elsewhere.page.getByRole("heading", { level: 1, name: "Your email is confirmed" })).toBeFocused();
  await page.reload();
  await expect(settingsSection(page, "Your email").getByText("Confirmed", { exact: true })).toBeVisible();

  elsewhere.watch.allow(/410.*\/api\/auth\//);
  await elsewhere.page.goto("/");
  await elsewhere.page.goto(link);
  await elsewhere.page.getByRole("button", { name: "Confirm my email" }).click();
  await expect(elsewhere.page.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeFocused();
});

test("whoever did not create the account with their email closes it, and signs up", async ({ person, newVisitor }) => {
  const { page } = person;
  await openSettings(page, "Security");
  const twoFactor = settingsSection(page, "Two-factor authentication");
  await expect(twoFactor).toContainText("Confirm your email first");
  await expect(twoFactor.getByRole("button", { name: "Set up an authenticator app" })).toHaveCount(0);

  // The address belongs to another person, who reads the mail.
  const owner = await newVisitor();
  const mail = await openMail(owner.page, person, "Confirm your email");
  await mail.getByRole("link", { name: "Confirm your email" }).click();
  owner.watch.allow(/403.*\/api\/auth\//);
  await owner.page.getByRole("button", { name: "Confirm my email" }).click();
  await owner.page.getByRole("button", { name: "I didn’t create this account…" }).click();
  const question = owner.page.getByRole("dialog", { name: "You didn’t create this account?" });
  await expectAccessible(owner.page, "the question whether one did not create the account");
  await question.getByRole("button", { name: "I didn’t create it" }).click();
  await expect(owner.page.getByRole("heading", { level: 1, name: "The account is closed" })).toBeFocused();
  await expectAccessible(owner.page, "an account that is closed");
  await page.reload();
  await expectLoggedOut(page);

  await owner.page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  const account = { ...person, name: "The owner", password: `my ${person.password}` };
  await fillSignup(owner.page, account);
  await expectLoggedIn(owner.page, account);
  await confirmEmail(owner.page, account);
});

test("whoever wants the account deleted is out at once, and by logging in can keep it", async ({
  person,
  newVisitor,
}) => {
  const { page } = person;
  const elsewhere = (await newVisitor()).page;
  await elsewhere.goto("/login");
  await fillLogin(elsewhere, person);
  await expectLoggedIn(elsewhere, person);

  await openSettings(page, "Your data");
  await page.getByRole("button", { name: "Delete my account…" }).click();
  await page
    .getByRole("dialog", { name: "Delete your account?" })
    .getByRole("button", { name: "Delete my account" })
    .click();
  await expect(page.getByText(/^Your account will be deleted on .* Log in before then to keep it\.$/)).toBeVisible();
  await expectLoggedOut(page);
  await elsewhere.reload();
  await expectLoggedOut(elsewhere);

  await page.goto("/login");
  await fillLogin(page, person);
  const notice = page.getByRole("region", { name: "About your account" });
  await expect(notice).toContainText("Your account will be deleted on");
  await notice.getByRole("button", { name: "Keep my account" }).click();
  await expect(page.getByText("Your account stays")).toBeVisible();
  await openSettings(page, "Your data");
  await expect(page.getByRole("button", { name: "Delete my account…" })).toBeVisible();
  await expectLoggedIn(page, person);
});
