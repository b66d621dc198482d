import {
  accountButton,
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillSignup,
  logOut,
} from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

// Scenarios of the lesson, from its sign-up page to its logout.

test("R50: the sign-up page shows its fields, ready for password managers", async ({ visitor: { page } }) => {
  await page.goto("/signup");
  const form = page.getByRole("form", { name: "Sign up" });
  await expect(form.getByLabel("Name")).toHaveAttribute("autocomplete", "name");
  await expect(form.getByLabel("Email")).toHaveAttribute("autocomplete", "email");
  await expect(form.getByRole("textbox", { name: "Password" })).toHaveAttribute("autocomplete", "new-password");
});

test("the log-in page shows its fields, and the password when asked to", async ({ visitor: { page } }) => {
  await page.goto("/login");
  const form = page.getByRole("form", { name: "Log in" });
  await expect(form.getByLabel("Email")).toHaveAttribute("autocomplete", "email webauthn");
  const password = form.getByRole("textbox", { name: "Password" });
  await expect(password).toHaveAttribute("autocomplete", "current-password");
  await expect(password).toHaveAttribute("type", "password");
  await form.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
});

test("sign-up makes an account and logs in; log-out ends that; log-in works again", async ({ person }) => {
  const { page } = person;
  await expectPath(page, "/");
  await logOut(page);

  await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  // As on a phone, where the first letter is capitalised.
  await fillLogin(page, { ...person, email: `S${person.email.slice(1)}` });
  await expectLoggedIn(page, person);
  await expectPath(page, "/");
  await accountButton(page).click();
  await expect(page.getByRole("menuitem", { name: "Log out" })).toBeVisible();
  // The store comes with the first product.
  await expect(page.getByRole("menuitem", { name: "Your store" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Your products" }).click();
  await expect(page.getByText("You haven’t added a product yet")).toBeVisible();
});

test("what is wrong with a form is said at its fields, and nothing is sent", async ({ visitor: { page } }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/signup");
  const form = page.getByRole("form", { name: "Sign up" });
  await fillSignup(page, { name: " ", email: "no address", password: "short" });
  await expect(form.getByLabel("Name")).toHaveAccessibleDescription(/Enter your name/);
  await expect(form.getByLabel("Email")).toHaveAccessibleDescription(/Enter a valid email address/);
  const password = form.getByRole("textbox", { name: "Password" });
  await expect(password).toHaveAccessibleDescription(/at least 8 characters/i);
  await expect(form.getByLabel("Email")).toHaveValue("no address");
  expect(sent).toEqual([]);
  await expectLoggedOut(page);
});

test("an address that has an account is refused", async ({ person, newVisitor }) => {
  const { page, watch } = await newVisitor();
  watch.allow(/409.*\/api\/auth\/signup/);
  await page.goto("/signup");
  await fillSignup(page, { ...createIdentity(), email: person.email.toUpperCase() });
  await expect(page.getByText("That email already has an account").first()).toBeVisible();
  await expectLoggedOut(page);
});

test("a common password is refused with the reason", async ({ visitor: { page, watch } }) => {
  watch.allow(/422.*\/api\/auth\/signup/);
  await page.goto("/signup");
  await fillSignup(page, { ...createIdentity(), password: "password123" });
  const password = page.getByRole("form", { name: "Sign up" }).getByRole("textbox", { name: "Password" });
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(password).toHaveAccessibleDescription(/common/i);
  await expectLoggedOut(page);
});

test("an unknown address and a wrong password are refused with the same words", async ({
  person,
  newPerson,
  newVisitor,
  server,
}) => {
  const disabled = await newPerson("Mallory Gone");
  await server.operate("disable", disabled.email);
  const { page, watch } = await newVisitor();
  watch.allow(/401.*\/api\/auth\/login/);
  await page.goto("/login");
  const told: unknown[] = [];
  for (const tried of [createIdentity(), { ...person, password: `${person.password} ` }, disabled]) {
    const answered = page.waitForResponse("**/api/auth/login");
    await fillLogin(page, tried);
    const { requestId: _, ...words } = await (await answered).json();
    told.push(words);
    const summary = page.getByRole("form", { name: "Log in" }).getByRole("alert");
    await expect(summary).toHaveText("Invalid email or password");
    await expect(summary).toBeFocused();
    await page.reload();
  }
  // A disabled user and an unknown one are told exactly the same.
  expect(new Set(told.map((words) => JSON.stringify(words))).size).toBe(1);
  await expectLoggedOut(page);
});

test("after five wrong passwords the sixth try has to wait", async ({ person, newVisitor }) => {
  const { page, watch } = await newVisitor();
  watch.allow(/401.*\/api\/auth\/login/, /429.*\/api\/auth\/login/);
  await page.goto("/login");
  for (let tries = 0; tries < 5; tries += 1) {
    const answered = page.waitForResponse("**/api/auth/login");
    await fillLogin(page, { ...person, password: `wrong ${tries} times` });
    expect((await answered).status()).toBe(401);
  }
  await fillLogin(page, person);
  await expect(page.getByText(/^Too many attempts\. Try again/)).toBeVisible();
  await expectLoggedOut(page);
});
