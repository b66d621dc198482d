import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createDemoSale, type DemoSale } from "../../test/demo-sale.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createTestApp, GOOD_PASSWORD, type TestApp } from "../../test/test-app.ts";
import { createTestDatabase, databaseKind, openOrm } from "../../test/test-database.ts";
import { demoLogin } from "../demo/demo-stores.ts";
import { TAR_BLOCK, TAR_END, tarHeader, tarPadding } from "../platform/lib/write-tar.ts";
import { runCommandLine } from "./command-line.ts";

interface Place {
  folder: string;
  databaseUrl: string | null;
}

async function run(words: string[], place: Place | null = null) {
  const said = { out: "", err: "" };
  const settings = {
    DATA_DIR: place?.folder ?? "/nowhere",
    ...(place?.databaseUrl && { DATABASE_URL: place.databaseUrl }),
  };
  const status = await runCommandLine(words, {
    env: settings,
    output: { write: (text) => (said.out += text) },
    complaints: { write: (text) => (said.err += text) },
  });
  return { status, ...said };
}

describe("a backup of a shop that sells", () => {
  const folder = temporaryFolder();
  const file = join(folder.path, "shop.tar.gz");
  let shop: DemoSale;
  let place: Place;
  let sold: { ref: string };
  beforeAll(async () => {
    shop = await createDemoSale();
    const { dataDir, databaseUrl } = shop.app.config;
    place = { folder: dataDir, databaseUrl };
    mkdirSync(join(dataDir, "files/ab"), { recursive: true });
    writeFileSync(join(dataDir, "files/ab/cover.webp"), "a picture");
    writeFileSync(join(dataDir, "files/empty"), "");
    writeFileSync(join(dataDir, "password-pepper.txt"), "a secret of the demo");
    symlinkSync("/etc/passwd", join(dataDir, "files/link"));
    const tricky = `line\nbreak, "quotes", \\backslash, ?, $1, ’ and 日本`;
    await shop.seller.patch("/api/account", { json: { name: "Mira ? $1 \\n 日本" } });
    await shop.seller.post("/api/products", {
      json: { name: "Tricky", description: tricky, price: { amount: 700, currency: "EUR" } },
    });
    const em = shop.app.dependencies.database.fork();
    await em.execute("update products set description = ? where slug = 'tricky'", [`${tricky}\u2028\r\u{1F4A9}`]);
    sold = await shop.buy();
    const [backedUp] = await Promise.all([run(["backup", file], place), shop.begin(), shop.begin(), shop.begin()]);
    expect(backedUp).toMatchObject({ status: 0, err: "" });
    expect(backedUp.out).toMatch(/shop\.tar\.gz is the backup: (?:SQLite|Postgres), version/);
  });
  afterAll(async () => {
    await shop.app.close();
    folder.remove();
  });

  /** An empty place of the same kind, or of the other. */
  async function emptyPlace(kind?: "sqlite" | "postgres"): Promise<Place> {
    const database = await createTestDatabase(kind);
    onTestFinished(() => database.remove());
    return database;
  }

  /** The shop as if its data were elsewhere. */
  const shopAt = ({ folder, databaseUrl }: Place): TestApp =>
    Object.create(shop.app, { config: { value: { ...shop.app.config, dataDir: folder, databaseUrl } } });

  /** Writes another archive, which a test has changed, and returns its name. */
  function changed(name: string, change: (bytes: Buffer) => Buffer): string {
    const other = join(folder.path, name);
    writeFileSync(other, change(readFileSync(file)));
    return other;
  }

  it("R121: is one file that only its owner can read, and nothing else is left behind", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path)).toEqual(["shop.tar.gz"]);
  });

  it("R121: holds no session, and no link's target", () => {
    const text = gunzipSync(readFileSync(file)).toString("latin1");
    expect(text).toContain("a picture");
    expect(text).not.toContain("root:x:");
    expect(text).not.toContain("sessions.jsonl");
  });

  it("R121: is verified without a shop", async () => {
    expect(await run(["restore", "--verify", file])).toMatchObject({
      status: 0,
      out: expect.stringContaining("is whole"),
    });
    expect(existsSync("/nowhere")).toBe(false);
  });

  it("R121: comes back as it was: accounts, products, orders, files and modes", async () => {
    const empty = await emptyPlace();
    expect(await run(["restore", file], empty)).toMatchObject({ status: 0, err: "" });
    const at = (name: string) => join(empty.folder, name);
    expect(readFileSync(at("files/ab/cover.webp"), "utf8")).toBe("a picture");
    expect(readFileSync(at("password-pepper.txt"), "utf8")).toBe("a secret of the demo");
    expect([statSync(at("files/empty")).size, existsSync(at("files/link"))]).toEqual([0, false]);
    expect([statSync(at("files/ab/cover.webp")).mode & 0o777, statSync(at("files")).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    const restored = await createTestApp({ isLocalDemo: true, beside: shopAt(empty) });
    onTestFinished(() => restored.close());
    const seller = (await restored.logIn(demoLogin)).client;
    expect((await seller.get<{ state: string }>(`/api/sales/${sold.ref}`)).json.state).toBe("paid");
    for (const path of ["/api/me/products/tricky", "/api/account", `/api/sales/${sold.ref}`]) {
      expect((await seller.get(path)).json).toEqual((await shop.seller.get(path)).json);
    }
    const found = await restored.visitor().get<{ items: { slug: string }[] }>("/api/products?q=tricky");
    expect(found.json.items.map(({ slug }) => slug)).toEqual(["tricky"]);
    expect((await restored.signUp({ password: GOOD_PASSWORD })).user.id).toBeTruthy();
  });

  it("R121: is refused where something is already, which stays as it was", async () => {
    expect(await run(["restore", file], place)).toMatchObject({
      status: 1,
      err: expect.stringContaining("is not empty"),
    });
    expect((await shop.seller.get(`/api/sales/${sold.ref}`)).status).toBe(200);
    expect(await run(["backup", file], place)).toMatchObject({
      status: 1,
      err: expect.stringContaining("there already"),
    });
    const within = await run(["backup", join(place.folder, "own.tar.gz")], place);
    expect(within).toMatchObject({ status: 1, err: expect.stringContaining("is in DATA_DIR") });
  });

  it("R121: a byte that has changed is found, wherever it is, and nothing is restored", async () => {
    const { length } = readFileSync(file);
    for (const part of [0.1, 0.35, 0.6, 0.85, 0.99]) {
      const other = changed("flipped.tar.gz", (bytes) => {
        const at = Math.floor(length * part);
        bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
        return bytes;
      });
      expect(await run(["restore", "--verify", other]), String(part)).toMatchObject({
        status: 1,
        err: expect.stringMatching(/is damaged, or is no backup/),
      });
    }
    const empty = await emptyPlace();
    expect((await run(["restore", join(folder.path, "flipped.tar.gz")], empty)).status).toBe(1);
    expect(readdirSync(empty.folder)).toEqual([]);
  });

  it("R121: a content that has changed is found although the compression is whole", async () => {
    const other = changed("edited.tar.gz", (bytes) => {
      const tar = gunzipSync(bytes);
      tar.write("b picture", tar.indexOf("a picture"));
      return gzipSync(tar);
    });
    expect((await run(["restore", "--verify", other])).err).toContain("files/ab/cover.webp is not as it was backed up");
  });

  it.each([0, 20, 0.3, 0.9, 0.999])("R121: one that is cut short at %d is refused", async (part) => {
    const other = changed("short.tar.gz", (bytes) =>
      bytes.subarray(0, part < 1 ? Math.floor(bytes.length * part) : part),
    );
    expect(await run(["restore", "--verify", other])).toMatchObject({
      status: 1,
      err: expect.stringContaining("damaged"),
    });
  });

  /** The archive with another manifest, as another version or a stranger would write it. */
  function withManifest(name: string, change: (manifest: string) => string, more: Buffer = Buffer.alloc(0)): string {
    return changed(name, (bytes) => {
      const tar = gunzipSync(bytes);
      const start = tar.lastIndexOf("manifest.json\0");
      const size = Number.parseInt(tar.toString("latin1", start + 124, start + 135), 8);
      const text = Buffer.from(change(tar.toString("utf8", start + TAR_BLOCK, start + TAR_BLOCK + size)));
      const header = tarHeader({ name: "manifest.json", size: text.length });
      return gzipSync(Buffer.concat([tar.subarray(0, start), more, header, text, tarPadding(text.length), TAR_END]));
    });
  }

  it.skipIf(databaseKind !== "postgres")("R121: one of an older version comes back with its migrations", async () => {
    // It adds nothing but indexes, so the rows of a present database fit without it.
    const indexes = "2026-12-05-orders-by-time";
    const older = withManifest("older.tar.gz", (text) => text.replace(new RegExp(`,\\s*"${indexes}"`), ""));
    const empty = await emptyPlace();
    expect(await run(["restore", older], empty)).toMatchObject({ status: 0, err: "" });
    const orm = await openOrm(empty);
    const pending = await orm.migrator.getPending();
    await orm.close();
    expect(pending.map(({ name }) => name)).toEqual([indexes]);
  });

  it("R121: one of a newer version is refused, and names what is missing", async () => {
    const newer = withManifest("newer.tar.gz", (text) =>
      text.replace('"migrations": [', '"migrations": ["2031-01-01-new",'),
    );
    const empty = await emptyPlace();
    expect((await run(["restore", newer], empty)).err).toMatch(/is of a newer version \(.+2031-01-01-new\)/);
    expect(readdirSync(empty.folder)).toEqual([]);
    const later = withManifest("later.tar.gz", (text) => text.replace('"format": 1', '"format": 2'));
    expect((await run(["restore", "--verify", later])).err).toContain("is not understood");
  });

  it.each(["data/../../evil", "/etc/evil", "data//evil", "evil", "data/./evil"])(
    "R121: a file called %s is refused",
    async (name) => {
      const evil = Buffer.concat([tarHeader({ name, size: 1 }), Buffer.from("x"), tarPadding(1)]);
      const other = withManifest("evil.tar.gz", (text) => text, evil);
      const empty = await emptyPlace();
      expect((await run(["restore", other], empty)).err).toContain(`It has a file called ${name}`);
      expect(readdirSync(empty.folder)).toEqual([]);
    },
  );

  it("R121: says what is no backup, what is not there, and what is of the other kind of database", async () => {
    expect((await run(["restore", "--verify", import.meta.filename])).err).toContain("is no backup");
    expect((await run(["restore", "--verify", join(folder.path, "none")])).err).toContain("There is no file");
    expect((await run(["backup", join(folder.path, "none/b.tar.gz")], place)).err).toContain("There is no folder");
    expect((await run(["backup", join(folder.path, "none.tar.gz")])).err).toContain("There is no database /nowhere");
    const other = withManifest("other.tar.gz", (text) =>
      text
        .replace(
          /"database": "(sqlite|postgres)"/,
          (_, kind) => `"database": "${kind === "sqlite" ? "postgres" : "sqlite"}"`,
        )
        .replace(/"migrations": \[[^\]]*\]/, '"migrations": []'),
    );
    expect((await run(["restore", other], await emptyPlace())).err).toMatch(
      /This backup is of a (?:SQLite file|Postgres)/,
    );
    expect(await run(["restore"])).toMatchObject({ status: 2 });
    expect(await run(["restore", "--verfy", file])).toMatchObject({ status: 2 });
  });
});
