import { type Readable, Transform } from "node:stream";
import type { Request, Response } from "express";
import { Refusal } from "./problem.ts";

/** A range of bytes. `end` is the position of its last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Content of a known length that supports range requests. */
export interface RangedContent {
  /** In bytes. */
  size: number;
  /** A strong entity tag: two contents with different bytes never have the same (RFC 9110, 8.8.1). */
  etag: string;
  open(range: ByteRange): Readable;
}

/**
 * Returns the requested part of a content as stages of a pipeline, and sets the status and headers of the answer. Null:
 * the answer has no content, because of HEAD, an empty content or a client that has a current copy. Throws 416 for a
 * range outside the content. Source: RFC 9110, 13.1.5 and 14.
 * `send`, with which Express sends files, can't be used, since it reads only from paths; neither can `range-parser`,
 * since it refuses the last 500 bytes of a content of 400.
 */
export function openRange(content: RangedContent, req: Request, res: Response): Readable[] | null {
  const { size, etag } = content;
  res.set({ "Accept-Ranges": "bytes", ETag: etag });
  if (req.fresh) {
    res.status(304);
    return null;
  }
  const range = wantedRange(req, content);
  if (range === "unsatisfiable") {
    throw new Refusal("range_not_satisfiable", { headers: { "Content-Range": `bytes */${size}` } });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const length = end - start + 1;
  if (range !== null) res.status(206).set("Content-Range", `bytes ${start}-${end}/${size}`);
  res.set("Content-Length", String(length));
  if (req.method === "HEAD" || length === 0) return null;
  return [content.open({ start, end }), exactly(length)];
}

function wantedRange(req: Request, { size, etag }: RangedContent): ByteRange | "unsatisfiable" | null {
  const { range, "if-range": condition } = req.headers;
  // RFC 9110 defines ranges only for GET.
  if (req.method !== "GET" || range === undefined) return null;
  // `If-Range` names another version, so a range of the current version would not fit the part that the client has. A
  // date in `If-Range` never matches, since these answers have no `Last-Modified`.
  if (condition !== undefined && condition !== etag) return null;
  return parseRange(range, size);
}

/**
 * Returns the single range that the header names, limited to the content. Null: the header is ignored, because it names
 * several ranges (which a server need not support), another unit than bytes, or no valid range.
 */
export function parseRange(header: string, size: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header) ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    if (Number(last) === 0) return "unsatisfiable";
    return size === 0 ? null : { start: Math.max(0, size - Number(last)), end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return null;
  return start < size ? { start, end: Math.min(end, size - 1) } : "unsatisfiable";
}

/**
 * Makes a stage that fails when the content has more or fewer bytes than announced. Otherwise a client would take a
 * short content for complete, and read the extra bytes of a long content as the next answer.
 */
function exactly(length: number): Transform {
  const fault = new Error("The content is not as long as it was said to be");
  let left = length;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left < 0) done(fault);
      else done(null, chunk);
    },
    flush: (done) => done(left === 0 ? null : fault),
  });
}
