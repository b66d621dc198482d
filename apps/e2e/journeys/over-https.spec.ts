import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@yumroad/testkit";
import { launch } from "../support/server.ts";
import {
  expectLoggedIn,
  expectPath,
  fillLogIn,
  fillSignUp,
  logInPath,
  logOut,
  productForm,
  tryPage,
} from "../support/steps.ts";
import { test as base, expect, inventSomebody } from "../support/test.ts";
import { startTlsFront, whyNoTls } from "../support/tls-front.ts";

const WANTED = "/products/new?from=mail#price";

/** The shop for others, as docs/self-hosting.md has it: in production, behind one proxy that ends TLS. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
  server: async ({}, use, testInfo) => {
    const missing = whyNoTls();
    testInfo.skip(missing !== null, `No https: ${missing}`);
    const [front, port, dataDir] = [
      await startTlsFront(),
      await freePort(),
      await mkdtemp(join(tmpdir(), "yumroad-e2e-")),
    ];
    front.leadTo(port);
    const secret = () => randomBytes(32).toString("base64");
    const secrets = { SESSION_SECRET: secret(), PASSWORD_PEPPER: secret() };
    const settings = { PUBLIC_URL: front.url, TRUST_PROXY: "1", DATA_DIR: dataDir, ...secrets };
    const launched = await launch(port, settings);
    await use({ ...launched, url: front.url });
    await front.close();
    await launched.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(launched.log().match(/.*"level":[56]0.*/g), "The server logged errors").toBeNull();
  },
});

test("over https the cookie is bound to the host and secure, and the way back works", async ({ newVisitor }) => {
  const ada = inventSomebody();
  // The certificate is this run's own.
  const { page } = await newVisitor({ ignoreHTTPSErrors: true });
  await tryPage(page, WANTED);
  await page.getByRole("main").getByRole("link", { name: "Make an account" }).click();
  await fillSignUp(page, ada);
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
  await expectPath(page, logInPath(WANTED));
  await fillLogIn(page, ada);
  await expectPath(page, WANTED);
  await expectLoggedIn(page, ada);
});
