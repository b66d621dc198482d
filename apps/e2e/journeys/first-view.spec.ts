import { expect, test } from "../support/test.ts";

const MOST_REQUESTS = 14;

for (const kind of ["home", "product", "store"] as const) {
  test(`R112: the ${kind} page asks for all it shows at once, each once, in few requests`, async ({
    visitor: { page },
  }) => {
    const { items } = await (await page.request.get("/api/products?limit=1")).json();
    const path = { home: "/", product: `/p/${items[0].slug}`, store: `/@${items[0].store.handle}` }[kind];

    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const codings = new Map<string, string>();
    page.on("response", async (response) => {
      codings.set(new URL(response.url()).pathname, (await response.allHeaders())["content-encoding"] ?? "");
    });
    // The app is held back, so that every request until then comes from the document.
    let start = () => {};
    const isStarting = new Promise<void>((resolve) => {
      start = resolve;
    });
    await page.route(/\/assets\/index-[^/]+\.js$/, async (route) => {
      await isStarting;
      await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    await expect.poll(() => asked.filter((address) => address.startsWith("/api/"))).toHaveLength(3);
    await expect
      .poll(() => asked.filter((address) => /\/assets\/(?!index-).+\.js$/.test(address)).length)
      .toBeGreaterThan(0);
    const before = new Set(asked);
    start();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");

    expect(asked.filter((address) => !before.has(address) && address !== "/favicon.svg")).toEqual([]);
    expect(asked.filter((address, place) => asked.indexOf(address) !== place)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(
      [...codings].filter(([address, coding]) => /\/index-.+\.(?:js|css)$/.test(address) && coding !== "br"),
    ).toEqual([]);
  });
}
