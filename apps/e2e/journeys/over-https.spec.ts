import { overHttps } from "../support/over-https.ts";
import {
  expectLoggedIn,
  expectPath,
  fillLogin,
  fillSignup,
  loginPath,
  logOut,
  productForm,
  tryPage,
} from "../support/steps.ts";
import { createIdentity, expect } from "../support/test.ts";

const WANTED = "/products/new?from=mail#price";

const test = overHttps();
test.use({ store: "embedded" });

test("over https the cookie is bound to the host and secure, and the way back works", async ({ newVisitor }) => {
  const ada = createIdentity();
  // The certificate is made for this run.
  const { page } = await newVisitor({ ignoreHTTPSErrors: true });
  await tryPage(page, WANTED);
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await fillSignup(page, ada);
  await expectPath(page, WANTED);
  await expect(productForm(page)).toBeVisible();
  await expectLoggedIn(page, ada);

  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual(["__Host-yumroad", "__Host-yumroad-device"]);
  const wanted = { domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "Lax" };
  for (const cookie of cookies) expect(cookie).toMatchObject(wanted);
  expect(cookies.find(({ name }) => name === "__Host-yumroad")?.expires).toBe(-1);
  expect(await page.evaluate(() => document.cookie)).toBe("");

  await logOut(page);
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(["__Host-yumroad-device"]);
  await page.goto(WANTED);
  await expectPath(page, loginPath(WANTED));
  await fillLogin(page, ada);
  await expectPath(page, WANTED);
  await expectLoggedIn(page, ada);
});
