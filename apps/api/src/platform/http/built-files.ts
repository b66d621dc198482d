import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { NextFunction, Request, Response } from "express";
import { makeOnce } from "../lib/make-once.ts";
import { Refusal } from "./problem.ts";

/** A file of the built web app, with the headers of the answers that contain it. */
export interface BuiltFile {
  file: string;
  /** Extension of the file, from which Express derives the content type. */
  type: string;
  cacheControl: string;
  etag: string;
  lastModified: string;
  isCompressible: boolean;
  /** Codings of the compressed forms that the build has put beside the file. */
  codings: readonly Coding[];
  /** The plain and the compressed contents. Each is read when first needed and shared by all answers. */
  forms: Map<Form, Promise<Buffer>>;
}

/** The codings of files, the preferred one first. */
const CODINGS = ["br", "gzip"] as const;
type Coding = (typeof CODINGS)[number];
type Form = Coding | "identity";

/** Ends of the names of compressed forms, as the build writes them (apps/web/scripts/compress-files.ts). */
const SUFFIX: Record<Coding, string> = { br: ".br", gzip: ".gz" };
const IS_FORM = /\.(?:br|gz)$/;

const COMPRESSIBLE = /^\.(?:css|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/i;

/** Describes a file on disk; null: it does not exist. */
function builtFile(file: string, cacheControl: string): BuiltFile | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return null;
  const type = extname(file);
  const isCompressible = COMPRESSIBLE.test(type);
  return {
    file,
    type,
    cacheControl,
    // Weak, since the same answer may be sent compressed or not (RFC 9110, 8.8.1).
    etag: `W/"${stat.size.toString(16)}-${stat.mtime.getTime().toString(16)}"`,
    lastModified: stat.mtime.toUTCString(),
    isCompressible,
    codings: CODINGS.filter((coding) => existsSync(file + SUFFIX[coding])),
    forms: new Map(),
  };
}

/**
 * Returns all files of a built folder by their URL path, except hidden files; a compressed form belongs to its file. A
 * request is answered from this map: passing
 * its path to the file system could block for a tenth of a second, which normalising a path of 64 KB takes.
 */
export function listFiles(folder: string, cacheControlOf: (path: string) => string): Map<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const parts = name.split(sep);
    if (parts.some((part) => part.startsWith("."))) continue;
    if (IS_FORM.test(name) && existsSync(join(folder, name.replace(IS_FORM, "")))) continue;
    const path = encodeURI(`/${parts.join("/")}`);
    const file = builtFile(join(folder, name), cacheControlOf(path));
    if (file !== null) files.set(path, file);
  }
  return files;
}

/** Sends the file; calls `next` when it no longer exists. */
export async function sendBuiltFile(file: BuiltFile, req: Request, res: Response, next: NextFunction): Promise<void> {
  const found = await formFor(file, req).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null) return next();
  res.set({ "Cache-Control": file.cacheControl, ETag: file.etag, "Last-Modified": file.lastModified });
  if (file.isCompressible) res.vary("Accept-Encoding");
  if (isPreconditionFalse(file, req)) throw new Refusal("version_conflict");
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const { content, form } = found;
  if (form !== "identity") res.set("Content-Encoding", form);
  res.type(file.type || "bin").set("Content-Length", String(content.length));
  // All answers share this Buffer, however slowly their clients read.
  res.end(content);
}

async function formFor(file: BuiltFile, req: Request): Promise<{ content: Buffer; form: Form }> {
  const coding = codingFor(file, req);
  const form = coding ?? "identity";
  const path = coding === null ? file.file : file.file + SUFFIX[coding];
  return { content: await makeOnce(file.forms, form, () => readFile(path)), form };
}

function codingFor({ isCompressible, codings }: BuiltFile, req: Request): Coding | null {
  return (isCompressible && codings.find((coding) => req.acceptsEncodings(coding) === coding)) || null;
}

/**
 * Checks `If-Match` and `If-Unmodified-Since` (RFC 9110, 13.1.1 and 13.1.4); `req.fresh` checks the remaining
 * conditions.
 */
function isPreconditionFalse({ etag, lastModified }: BuiltFile, req: Request): boolean {
  const match = req.get("If-Match");
  if (match) return match !== "*" && !match.split(",").some((tag) => [etag, `W/${etag}`].includes(`W/${tag.trim()}`));
  const unmodifiedSince = Date.parse(req.get("If-Unmodified-Since") ?? "");
  return Date.parse(lastModified) > unmodifiedSince;
}
