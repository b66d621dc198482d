import { type Readable, Transform } from "node:stream";
import type { Request, Response } from "express";
import { Refusal } from "./problem.ts";

/** Bytes of a content, the last one included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Content of a known length, of which a part can be asked for. */
export interface RangedContent {
  /** In bytes. */
  size: number;
  /** A strong tag: another one for any other bytes (RFC 9110, 8.8.1). */
  etag: string;
  open(range: ByteRange): Readable;
}

/**
 * The part of a content that a request asks for, as the stages of a pipeline; null when no byte of it is sent, to HEAD or
 * to a client that has it already. Sets the status and headers that say which part it is. Throws 416 for a part that is
 * not there. Source: RFC 9110, 13.1.5 and 14.
 *
 * `send`, which Express answers files with, reads nothing but paths, and `range-parser` refuses the last 500 bytes of
 * a content of 400.
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
  // Ranges are defined for GET alone.
  if (req.method !== "GET" || range === undefined) return null;
  // A part of another version is of no use to whoever has the rest of this one. A date never matches: there is none.
  if (condition !== undefined && condition !== etag) return null;
  return parseRange(range, size);
}

/**
 * One range as the header names it, within the content; null when the header is to be ignored: several ranges, which a
 * server need not give, another unit, or no range at all.
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

/** Fails when a content has more or fewer bytes than its answer says: they would be taken for all, or for the next one. */
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
