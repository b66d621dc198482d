import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Places } from "../config/read-places.ts";
import { schema } from "../entities.ts";
import { dumpPostgres } from "../platform/db/copy-postgres.ts";
import { copySqlite } from "../platform/db/copy-sqlite.ts";
import { DATABASE_FILE } from "../platform/db/sqlite.ts";
import { TAR_END, tarHeader, tarPadding } from "../platform/lib/write-tar.ts";
import { DATA_FOLDER, DATABASE_FOLDER, MANIFEST, type Manifest, newManifest } from "./backup-manifest.ts";
import { CommandRefused } from "./user-commands.ts";

/** Sessions are left out: one that has ended since then would be alive again. People log in again. */
const LEFT_OUT = ["sessions"];
/** The database's own files, which are copied apart, and drafts of secrets. */
const NO_DATA = /^(?:(?:yumroad|migrate\.lock)\.db(?:-wal|-shm|-journal)?|.+\.txt\.[0-9a-f]{12})$/;

interface SourceFile {
  name: string;
  path: string;
}

/**
 * Writes one archive of the database and of the other files in `DATA_DIR`, while the shop runs. The archive appears under
 * its name only once it is whole. The database comes first: files that its rows name are there when they are read.
 */
export async function writeBackup({ dataDir, databaseUrl }: Places, target: string): Promise<Manifest> {
  const file = resolve(target);
  if (existsSync(file)) throw new CommandRefused(`${file} is there already: name another file.`);
  if (`${file}${sep}`.startsWith(`${dataDir}${sep}`))
    throw new CommandRefused(`${file} is in DATA_DIR, which is backed up: name a file elsewhere.`);
  if (!existsSync(dirname(file))) throw new CommandRefused(`There is no folder ${dirname(file)}: make it first.`);
  const drafts = mkdtempSync(`${file}.`);
  try {
    const manifest = await copyDatabase({ dataDir, databaseUrl }, drafts);
    const files = [...filesIn(join(drafts, DATABASE_FOLDER), DATABASE_FOLDER), ...filesIn(dataDir, DATA_FOLDER)];
    const draft = join(drafts, "archive");
    const output = createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(Readable.from(archive(files, manifest)), createGzip(), output);
    renameSync(draft, file);
    return manifest;
  } finally {
    rmSync(drafts, { recursive: true, force: true });
  }
}

async function copyDatabase({ dataDir, databaseUrl }: Places, drafts: string): Promise<Manifest> {
  const folder = join(drafts, DATABASE_FOLDER);
  mkdirSync(folder, { mode: 0o700 });
  if (databaseUrl !== null) {
    const copy = await dumpPostgres(databaseUrl, schema, { folder, left: LEFT_OUT });
    return newManifest({ database: "postgres", ...copy });
  }
  const source = join(dataDir, DATABASE_FILE);
  if (!existsSync(source))
    throw new CommandRefused(`There is no database ${source}: give this the server's DATA_DIR or DATABASE_URL.`);
  const migrations = copySqlite(source, join(folder, DATABASE_FILE), { emptied: LEFT_OUT });
  return newManifest({ database: "sqlite", migrations, tables: [] });
}

/** The plain files in a folder and its subfolders, with their names in the archive. */
function filesIn(folder: string, prefix: string): SourceFile[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => ({ path: join(entry.parentPath, entry.name), within: relative(folder, entry.parentPath), entry }))
    .filter(({ within, entry }) => prefix !== DATA_FOLDER || within !== "" || !NO_DATA.test(entry.name))
    .map(({ path }) => ({ path, name: prefix + relative(folder, path).split(sep).join("/") }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The archive's bytes. The manifest comes last, because it names what was read. */
async function* archive(files: readonly SourceFile[], manifest: Manifest): AsyncGenerator<Buffer> {
  for (const { name, path } of files) {
    const { size } = statSync(path, { throwIfNoEntry: false }) ?? {};
    // Deleted since it was listed.
    if (size === undefined) continue;
    yield tarHeader({ name, size });
    const hash = createHash("sha256");
    let read = 0;
    const content = size === 0 ? [] : createReadStream(path, { end: size - 1 });
    for await (const piece of content as AsyncIterable<Buffer>) {
      hash.update(piece);
      read += piece.length;
      yield piece;
    }
    if (read < size) throw new CommandRefused(`${path} was cut short while it was read: do the same again.`);
    yield tarPadding(size);
    manifest.files[name] = { size, sha256: hash.digest("hex") };
  }
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  yield Buffer.concat([tarHeader({ name: MANIFEST, size: text.length }), text, tarPadding(text.length), TAR_END]);
}
