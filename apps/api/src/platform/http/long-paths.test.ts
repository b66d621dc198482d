import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawAnswer } from "../../../test/raw-answer.ts";
import { standInPages } from "../../../test/scenarios/pages.ts";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import { limits } from "../../config/limits.ts";

describe("a path that is longer than any of ours", () => {
  const pages = standInPages();
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ webAppFolder: pages.path });
  });
  afterAll(async () => {
    await app.close();
    pages.remove();
  });

  const pathOf = (length: number) => `/${"a".repeat(length - 1)}`;

  it.each(["/", "/assets/", "/api/products/", "/api/docs/"])("is not there, under %s: 404", async (start) => {
    const path = start + "a".repeat(limits.pathLength + 1 - start.length);
    const { status, headers, body } = await rawAnswer(app.url, path);
    expect([status, headers["cache-control"]]).toEqual([404, "no-store"]);
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(JSON.parse(body.toString()).code).toBe("not_found");
  });

  it("but one that is as long is a page, and so is one with the longest way back in its query", async () => {
    const wayBack = encodeURIComponent(encodeURIComponent(encodeURIComponent("/".repeat(2048))));
    for (const path of [pathOf(limits.pathLength), `/login?next=${wayBack}`]) {
      expect((await rawAnswer(app.url, path)).status).toBe(200);
    }
  });

  it.each(["../", "%2e%2e/", "a/../", "/"])("costs next to nothing, when it is 64 KB of %s", async (part) => {
    const path = `/${part.repeat(64_000 / part.length)}`;
    expect((await rawAnswer(app.url, path)).status).toBe(404);
    const before = process.cpuUsage();
    for (let round = 0; round < 10; round += 1) await rawAnswer(app.url, path);
    const { user, system } = process.cpuUsage(before);
    // Each path of "../" that reached the file system would take a tenth of a second.
    expect((user + system) / 1000).toBeLessThan(200);
  });

  it("leaves 200 characters in the log", async () => {
    await rawAnswer(app.url, `/logged-${"b".repeat(60_000)}?secret`);
    await expect.poll(() => app.logs.text).toContain("/logged-b");
    expect(app.logs.text).toContain(`"/logged-${"b".repeat(192)}"`);
    expect(app.logs.text).not.toContain("secret");
  });
});
