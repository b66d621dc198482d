import {
  expectLoggedIn,
  expectLoggedOut,
  expectPath,
  fillLogin,
  fillSignup,
  loginPath,
  logOut,
  productForm,
} from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

const WANTED = "/products/new?from=mail&x=a%20b&y=%2F#price";

test("it survives failed tries, a reload, and the switch to sign-up and back", async ({ person, newVisitor }) => {
  const { page, watch } = await newVisitor();
  watch.allow(/401.*\/api\/auth\/login/);
  await page.goto(WANTED);
  await expectPath(page, loginPath(WANTED));
  await expect(page.getByText("Then we’ll take you back to “Add a product”")).toBeVisible();

  await fillLogin(page, { ...person, password: "not my password" });
  await expect(page.getByText("Invalid email or password")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Log in to continue")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await expectPath(page, loginPath(WANTED).replace("/login", "/signup"));
  await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await expectPath(page, loginPath(WANTED));

  await fillLogin(page, person);
  await expectPath(page, WANTED);
  await expect(productForm(page)).toBeVisible();
});

test("it is in the link, so another tab can use it too", async ({ person }) => {
  const { page, newTab } = person;
  await logOut(page);
  await page.goto(WANTED);
  await expectPath(page, loginPath(WANTED));
  const tab = await newTab();
  await tab.goto(page.url());
  await fillLogin(tab, person);
  await expectPath(tab, WANTED);
});

test("it is used once: the next log-in goes home", async ({ person }) => {
  const { page } = person;
  await logOut(page);
  await page.goto(WANTED);
  await fillLogin(page, person);
  await expectPath(page, WANTED);
  await logOut(page);
  await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
  await expectPath(page, "/login");
  await fillLogin(page, person);
  await expectLoggedIn(page, person);
  await expectPath(page, "/");
});

test("the last page tried wins", async ({ person }) => {
  const { page } = person;
  await logOut(page);
  await page.goto("/products/new");
  await expectPath(page, loginPath("/products/new"));
  await page.goto("/dashboard/products");
  await expectPath(page, loginPath("/dashboard/products"));
  await fillLogin(page, person);
  await expectPath(page, "/dashboard/products");
});

test("the guard leaves no trace in the history: Back goes to the page before", async ({ visitor: { page } }) => {
  await page.goto("/products");
  await page.goto("/products/new");
  await expectPath(page, loginPath("/products/new"));
  await page.goBack();
  await expectPath(page, "/products");
});

test("whoever is logged in goes on from the log-in and sign-up pages, and Back does not return there", async ({
  person: { page },
}) => {
  await page.goto("/products");
  await page.goto(loginPath(WANTED));
  await expectPath(page, WANTED);
  await page.goBack();
  await expectPath(page, "/products");
  await page.goto("/signup");
  await expectPath(page, "/");
});

const ATTACKS = [
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "/\t/evil.example",
  "/a/..//evil.example",
  "/%2Fevil.example",
  "/%5Cevil.example",
  "/login?next=//evil.example",
  "/logout",
  "/LOGIN",
  "/api/auth/session",
  "/%zz",
  `/${"a".repeat(3000)}`,
];

test("a bad one never leaves this site or blanks the page: it goes home", async ({ person: { page } }) => {
  for (const attack of ATTACKS) {
    await page.goto(loginPath(attack));
    await expectPath(page, "/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  // The forms in which a query parser may pass the parameter: twice, as a list, as an object.
  for (const query of ["next=//evil.example&next=//evil.example", "next[]=//evil.example", "next[a]=/x", "next"]) {
    await page.goto(`/login?${query}`);
    await expectPath(page, "/");
  }
});

test("R27: a bad one does not get in the way of logging in", async ({ person }) => {
  const { page } = person;
  await logOut(page);
  await page.goto(loginPath("https://evil.example/"));
  await fillLogin(page, person);
  await expectPath(page, "/");
  await expectLoggedIn(page, person);
});

test("sign-up goes back as well, and home when nothing was tried", async ({ newVisitor }) => {
  const { page } = await newVisitor();
  const ada = createIdentity();
  await page.goto("/signup?next=%2Fdashboard%2Fproducts%3Fa%3Db%23c");
  await fillSignup(page, ada);
  await expectPath(page, "/dashboard/products?a=b#c");
  await logOut(page);
  await expectLoggedOut(page);
});
