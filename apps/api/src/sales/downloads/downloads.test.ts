import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Content, Problem, Sale } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type BegunSale, createDemoSale, type DemoSale } from "../../../test/demo-sale.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { uploadFile } from "../../../test/uploading.ts";
import { demoLogin } from "../../demo/demo-stores.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FILE = randomBytes(3_000_000);

describe("downloading what was bought", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, "index.html"), "<title>Yumroad</title>");
  let sale: DemoSale;
  let file: Content;
  beforeAll(async () => {
    sale = await createDemoSale({ limits: { openDownloads: 2 }, webAppFolder: folder.path });
    const { slug } = sale.product;
    const items = await uploadFile(sale.seller, { slug, name: 'Field "notes" ✓.zip', bytes: FILE });
    file = items.at(-1) as Content;
    await sale.app.dependencies.jobWorker.run();
  });
  afterAll(async () => {
    await sale.app.close();
    folder.remove();
  });

  const ask = (bought: BegunSale, content = file.id) =>
    bought.buyer.post<{ url: string }>(`/api/orders/${bought.ref}/downloads`, { json: { content } });
  const urlOf = async (bought: BegunSale) => (await ask(bought)).json.url;
  /** Another program, without cookies. */
  const elsewhere = () => sale.app.visitor();
  const code = (answer: { json: unknown }) => (answer.json as Problem).code;

  it("shows the file on the order, and gives all of it", async () => {
    const bought = await sale.buy();
    const { contents } = await bought.order();
    expect(contents.at(-1)).toMatchObject({ kind: "file", file: { size: FILE.length, state: "ready", version: 1 } });
    const { status, bytes, headers } = await elsewhere().get(await urlOf(bought));
    expect([status, bytes.equals(FILE)]).toEqual([200, true]);
    expect(headers).toMatchObject({
      "content-disposition": `attachment; filename="Field \\"notes\\" ?.zip"; filename*=UTF-8''Field%20%22notes%22%20%E2%9C%93.zip`,
      "content-type": "application/octet-stream",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-transform",
      "accept-ranges": "bytes",
      etag: `"${contents.at(-1)?.file?.sha256}"`,
    });
  });

  it("R152: goes on days later with the same address, from another place, and is one download", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    const half = await elsewhere().get(url, { headers: { Range: "bytes=0-1499999" } });
    expect([half.status, half.headers["content-range"]]).toEqual([206, "bytes 0-1499999/3000000"]);
    sale.app.clock.advance(6 * DAY);
    const headers = { Range: "bytes=1500000-", "If-Range": String(half.headers.etag) };
    const rest = await elsewhere().get(url, { headers });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([half.bytes, rest.bytes]).equals(FILE)).toBe(true);
    const { client } = await sale.app.logIn(demoLogin);
    const { json } = await client.get<Sale>(`/api/sales/${bought.ref}`);
    expect(json.downloads).toEqual({ count: 1, lastAt: expect.any(String) });
    sale.app.clock.advance(8 * DAY);
    expect(code(await elsewhere().get(url, { headers }))).toBe("link_invalid");
  });

  it.each([
    ["bytes=-5", 206, 5],
    ["bytes=2999999-", 206, 1],
    ["bytes=0-0,5-9", 200, FILE.length],
    ["items=0-5", 200, FILE.length],
    ["bytes=3000000-", 416, null],
  ])("answers the range %s with %i", async (range, status, length) => {
    const bought = await sale.buy();
    const answer = await elsewhere().get(await urlOf(bought), { headers: { Range: range } });
    expect(answer.status).toBe(status);
    if (length === null) expect(answer.headers["content-range"]).toBe(`bytes */${FILE.length}`);
    else expect(answer.bytes.length).toBe(length);
  });

  it("has to be begun within ten minutes; looking, and browsers that look ahead, begin nothing", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    expect((await elsewhere().head(url)).headers["content-length"]).toBe(String(FILE.length));
    expect((await elsewhere().get(url, { headers: { "Sec-Purpose": "prefetch" } })).status).toBe(204);
    sale.app.clock.advance(11 * MINUTE);
    expect(code(await elsewhere().get(url, { headers: { Accept: "*/*" } }))).toBe("link_invalid");
  });

  it("is noted once a minute, in however many parts it is asked for", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    const written = vi.spyOn(sale.app.dependencies.database, "fork");
    const part = () => elsewhere().get(url, { headers: { Range: "bytes=0-9" } });
    await part();
    written.mockClear();
    for (let count = 0; count < 5; count += 1) expect((await part()).status).toBe(206);
    // Each finds the download, and writes nothing.
    expect(written.mock.calls).toHaveLength(5);
    sale.app.clock.advance(2 * MINUTE);
    written.mockClear();
    await part();
    expect(written.mock.calls).toHaveLength(2);
    written.mockRestore();
  });

  it("ends with the access, and is given to nobody else", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    const stranger = sale.app.visitor();
    const asked = await stranger.post(`/api/orders/${bought.ref}/downloads`, { json: { content: file.id } });
    expect(asked.status).toBe(404);
    expect((await ask(bought, "00000000-0000-7000-8000-000000000000")).status).toBe(410);
    const { client } = await sale.app.logIn(demoLogin);
    await client.post(`/api/sales/${bought.ref}/access`, { json: { hasAccess: false } });
    expect(code(await elsewhere().get(url))).toBe("access_ended");
    expect(code(await ask(bought))).toBe("access_ended");
  });

  it("is not there for an order that is not paid", async () => {
    expect(code(await ask(await sale.begin()))).toBe("access_ended");
  });

  it("shows people a page when the address has ended, and programs an error", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    sale.app.clock.advance(11 * MINUTE);
    const page = await elsewhere().get(url, { headers: { Accept: "text/html" } });
    expect([page.status, page.text]).toEqual([410, expect.stringContaining("<title>")]);
    const unknown = await elsewhere().get("/d/unknown/file.zip", { headers: { Accept: "*/*" } });
    expect([unknown.status, code(unknown)]).toEqual([404, "not_found"]);
    expect((await elsewhere().post(url)).status).toBe(405);
  });

  it.each([0, 1_000_000, null])("R152: gives no part of a file of which %s bytes are left", async (left) => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    const { fileStorage, workers } = sale.app.dependencies;
    const cut = vi.spyOn(fileStorage, "sizeOf").mockResolvedValue(left);
    expect(code(await elsewhere().get(url, { headers: { Accept: "*/*" } }))).toBe("link_invalid");
    expect((await bought.order()).contents.at(-1)?.file?.state).toBe("damaged");
    expect(code(await ask(bought))).toBe("file_not_ready");
    cut.mockRestore();
    await workers.fileCheck.run();
    expect((await elsewhere().get(url)).bytes.equals(FILE)).toBe(true);
  });

  it("R153: gives old buyers a new version, and lets a download of the old one go on", async () => {
    const bought = await sale.buy();
    const url = await urlOf(bought);
    const half = await elsewhere().get(url, { headers: { Range: "bytes=0-9" } });
    const newer = randomBytes(1000);
    const { client } = await sale.app.logIn(demoLogin);
    await uploadFile(client, { slug: sale.product.slug, name: "2.zip", bytes: newer, content: file.id });
    // Until it is checked, buyers have the first one.
    expect((await bought.order()).contents.at(-1)?.file).toMatchObject({ version: 1, state: "ready" });
    await sale.app.dependencies.jobWorker.run();
    expect((await bought.order()).contents.at(-1)?.file).toMatchObject({ version: 2, name: "2.zip" });
    expect((await elsewhere().get(await urlOf(bought))).bytes.equals(newer)).toBe(true);
    const headers = { Range: "bytes=10-19", "If-Range": String(half.headers.etag) };
    sale.app.clock.advance(6 * DAY);
    await sale.app.dependencies.workers.sweep.run();
    expect((await elsewhere().get(url, { headers })).bytes.equals(FILE.subarray(10, 20))).toBe(true);
    // Nobody fetches it any more.
    sale.app.clock.advance(8 * DAY);
    await sale.app.dependencies.workers.sweep.run();
    expect((await elsewhere().get(url, { headers })).status).toBe(404);
    const [{ count = 0 } = {}] = await sale.app.dependencies.database.read<{ count: number | string }>(
      "select count(*) as count from files where size = ?",
      [FILE.length],
    );
    expect(Number(count)).toBe(0);
  });
});
