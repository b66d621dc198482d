import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { NextFunction, Request, Response } from "express";
import { COMPRESSED_FROM, type Coding, compress, nullWhenBusy } from "../lib/compress.ts";
import { makeOnce } from "../lib/make-once.ts";
import { Refusal } from "./problem.ts";

/** A file of the built web app or of a package, with the headers of the answers that contain it. */
export interface BuiltFile {
  file: string;
  /** Extension of the file, from which Express derives the content type. */
  type: string;
  cacheControl: string;
  etag: string;
  lastModified: string;
  isCompressible: boolean;
  /** The plain and the compressed contents. Each is made when first needed and shared by all answers. */
  forms: Map<Form, Promise<Buffer>>;
}

type Form = Coding | "identity";

const COMPRESSIBLE = /^\.(?:css|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/i;

/** Describes a file on disk; null: it does not exist. */
export function builtFile(file: string, cacheControl: string): BuiltFile | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return null;
  const type = extname(file);
  return {
    file,
    type,
    cacheControl,
    // Weak, since the same answer may be sent compressed or not (RFC 9110, 8.8.1).
    etag: `W/"${stat.size.toString(16)}-${stat.mtime.getTime().toString(16)}"`,
    lastModified: stat.mtime.toUTCString(),
    isCompressible: COMPRESSIBLE.test(type),
    forms: new Map(),
  };
}

/**
 * Returns all files of a folder by their URL path, except hidden files. A request is answered from this map: passing
 * its path to the file system could block for a tenth of a second, which normalising a path of 64 KB takes.
 */
export function listFiles(folder: string, cacheControlOf: (path: string) => string): Map<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const parts = name.split(sep);
    if (parts.some((part) => part.startsWith("."))) continue;
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
  const plain = await makeOnce(file.forms, "identity", () => readFile(file.file));
  const coding = codingFor(req);
  if (!file.isCompressible || plain.length < COMPRESSED_FROM || coding === null) {
    return { content: plain, form: "identity" };
  }
  const packed = await nullWhenBusy(makeOnce(file.forms, coding, () => compress(plain, coding)));
  return packed === null ? { content: plain, form: "identity" } : { content: packed, form: coding };
}

function codingFor(req: Request): Coding | null {
  return (["br", "gzip"] as const).find((coding) => req.acceptsEncodings(coding) === coding) ?? null;
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
