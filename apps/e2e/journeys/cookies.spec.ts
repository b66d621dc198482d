import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expectLoggedIn, fillLogin, fillSignup, logOut } from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

const DAY_MS = 86_400_000;

test("R1: the session's cookie is out of reach of scripts and ends with the browser", async ({ person: { page } }) => {
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual(["yumroad", "yumroad-device"]);
  for (const cookie of cookies) expect(cookie).toMatchObject({ path: "/", httpOnly: true, sameSite: "Lax" });
  expect(cookies.find(({ name }) => name === "yumroad")?.expires).toBe(-1);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("a remembered one has a date", async ({ visitor: { page } }) => {
  await page.goto("/signup");
  await page.getByLabel("Remember me").check();
  const ada = createIdentity();
  await fillSignup(page, ada);
  await expectLoggedIn(page, ada);
  const session = (await page.context().cookies()).find(({ name }) => name === "yumroad");
  const days = ((session?.expires ?? 0) * 1000 - Date.now()) / DAY_MS;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);
});

test("who is not logged in gets no cookie, whatever is tried", async ({ visitor: { page, watch } }) => {
  watch.allow(/401.*\/api\/auth\/login/);
  for (const path of ["/", "/products", "/login", "/signup", "/products/new", "/no/such/page"]) await page.goto(path);
  await page.goto("/login");
  const refused = page.waitForResponse("**/api/auth/login");
  await fillLogin(page, createIdentity());
  expect((await refused).status()).toBe(401);
  expect(await page.context().cookies()).toEqual([]);
});

test("the id is in no page, address, storage or log line", async ({ person, server }) => {
  const { page } = person;
  await page.goto("/products/new");
  await expectLoggedIn(page, person);
  const session = (await page.context().cookies()).find(({ name }) => name === "yumroad");
  // The raw cookie, and its id without the signature.
  const [, id = ""] = /^s:([\w-]+)\./.exec(decodeURIComponent(session?.value ?? "")) ?? [];
  expect(id.length).toBeGreaterThan(20);
  const places = await page.evaluate(() => [
    document.documentElement.outerHTML,
    location.href,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(history.state),
  ]);
  for (const place of [...places, server.log()]) expect(place).not.toContain(id);
  expect(server.log()).not.toContain(person.password);
});

test("after a log-out the old cookie opens nothing", async ({ person }) => {
  const { page } = person;
  const before = await page.context().cookies();
  await logOut(page);
  const after = await page.context().cookies();
  expect(after.map(({ name }) => name)).toEqual(["yumroad-device"]);
  await page.context().addCookies(before);
  const answer = await page.request.get("/api/me/products");
  expect(answer.status()).toBe(401);
});

test("another site can't log anybody out: not by an image, a form, or a script", async ({ person, server }) => {
  const { page, watch } = person;
  const evil = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<h1>Kittens</h1><img src="${server.url}/api/auth/logout">
      <form method="post" action="${server.url}/api/auth/logout" target="frame"></form><iframe name="frame"></iframe>
      <script>
        document.forms[0].submit();
        fetch("${server.url}/api/auth/logout", { method: "POST", mode: "no-cors", credentials: "include" });
      </script>`);
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  // Another site for a browser: "127.0.0.1" is not "localhost".
  const evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  watch.allow(evilUrl, "/api/auth/logout", "Framing", "chrome-error://");

  // Reads the server's log, because the browser hides a foreign site's answers from the page and from the test.
  const logBefore = server.log().length;
  const answered = () =>
    server
      .log()
      .slice(logBefore)
      .match(/"path":"\/api\/auth\/logout"\},"res":\{"status":\d+/g) ?? [];
  await page.goto(evilUrl);
  await expect
    .poll(() =>
      answered()
        .map((line) => line.slice(-3))
        .sort(),
    )
    .toEqual(["403", "403", "405"]);
  evil.close();
  await page.goto("/");
  await expectLoggedIn(page, person);
});
