import { allEndpoints } from "@yumroad/contract";
import { pathToNothing } from "@yumroad/scenarios";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, describeOnEachStore, type Person, type TestApp } from "../../../test/test-app.ts";

const product = { name: "A forged product", price: { amount: 100, currency: "EUR" } };

describeOnEachStore("requests from elsewhere", (store) => {
  let app: TestApp;
  let person: Person;
  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
    person = await app.signUp();
  });
  afterAll(() => app.close());

  const post = (headers: Record<string, string | null>) =>
    person.client.post("/api/products", { json: product, headers: { Cookie: cookieHeader(person), ...headers } });

  it.each([
    ["cross-site", "https://evil.example"],
    ["same-site", "https://other.shop.example"],
    ["none", null],
    ["cross-site", "https://shop.example"],
    ["nonsense", "https://shop.example"],
  ])("R40: Sec-Fetch-Site %s from %s is refused", async (site, origin) => {
    const answer = await post({ "Sec-Fetch-Site": site, Origin: origin });
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ code: "csrf_rejected" });
  });

  it.each([
    "https://evil.example",
    "null",
    "http://shop.example",
    "https://shop.example.evil.example",
    "https://shop.example:444",
    "",
  ])("R40: without Sec-Fetch-Site, the origin %j is refused", async (origin) => {
    expect((await post({ "Sec-Fetch-Site": null, Origin: origin })).status).toBe(403);
  });

  it("R40: without either, a cookie is refused, and a client without one may log in", async () => {
    expect((await post({ "Sec-Fetch-Site": null, Origin: null })).status).toBe(403);
    const bare = app.visitor({ omitSecFetch: true });
    const json = { email: person.email, password: person.password };
    expect((await bare.post("/api/auth/login", { json, headers: { Origin: null } })).status).toBe(200);
  });

  it("R40: our own pages are let through, with and without Sec-Fetch-Site", async () => {
    expect((await post({ "Sec-Fetch-Site": "same-origin" })).status).toBe(201);
    expect((await post({ "Sec-Fetch-Site": null, Origin: "https://shop.example" })).status).toBe(201);
  });

  it("R40: every unsafe endpoint of the contract refuses before it looks at anything else", async () => {
    const unsafe = allEndpoints.map(([, endpoint]) => endpoint).filter(({ method }) => method !== "GET");
    expect(unsafe.length).toBeGreaterThan(3);
    for (const { method, path } of unsafe) {
      const answer = await person.client.from("https://evil.example").request({
        method,
        path: pathToNothing(path),
        body: "{ no json",
      });
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  it("R78: refusals are logged as what they are, with where they came from", async () => {
    await post({ "Sec-Fetch-Site": "cross-site", Origin: "https://logged.example" });
    const logged = app.logs.lines.find(({ origin }) => origin === "https://logged.example");
    expect(logged).toMatchObject({ event: "malicious_csrf", site: "cross-site" });
  });

  it.each(["Origin", "Sec-Fetch-Site"])("R78: a refusal logs no more than the beginning of %s", async (header) => {
    app.logs.clear();
    await post({ "Sec-Fetch-Site": "cross-site", [header]: `https://${"long".repeat(5000)}.example` });
    const logged = app.logs.lines.find(({ event }) => event === "malicious_csrf");
    expect(JSON.stringify(logged).length).toBeLessThan(1000);
  });
});

describe("the local demo behind a proxy that adds no header", () => {
  let demo: TestApp;
  beforeAll(async () => {
    demo = await createTestApp({ isLocalDemo: true });
  });
  afterAll(() => demo.close());

  const ask = (app: TestApp, headers: Record<string, string | null>) =>
    app.visitor().post("/api/auth/forgot-password", { json: { email: "ada@example.com" }, headers });

  it.each([
    "https://shop.example",
    "http://192.168.1.5:3000",
    "http://localhost.evil.example",
    "null",
    "localhost",
    "",
  ])("R40: refuses what its pages send under the origin %j, same-origin or not", async (Origin) => {
    for (const site of ["same-origin", null]) {
      const answer = await ask(demo, { Host: "127.0.0.1:3000", Origin, "Sec-Fetch-Site": site });
      expect([site, answer.status, answer.json]).toMatchObject([site, 403, { code: "csrf_rejected" }]);
    }
  });

  it.each(["http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:3000", "http://shop.localhost", null])(
    "R40: takes what its pages send from this machine, under the origin %j",
    async (Origin) => {
      expect((await ask(demo, { Origin, "Sec-Fetch-Site": "same-origin" })).status).toBe(202);
    },
  );

  it("R40: a production asks no more of an origin that its browser vouches for", async () => {
    const app = await createTestApp({ mail: true });
    const answer = await ask(app, { Origin: "https://other-name.example", "Sec-Fetch-Site": "same-origin" });
    expect(answer.status).toBe(202);
    await app.close();
  });
});

function cookieHeader({ client }: Person): string {
  return client.cookies
    .all()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}
