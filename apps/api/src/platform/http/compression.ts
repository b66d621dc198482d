import type { Request, Response } from "express";
import { COMPRESSED_FROM, compress, nullWhenBusy } from "../lib/compress.ts";
import { makeOnce } from "../lib/make-once.ts";

/** The JSON of constant bodies and its gzip form, each made once and shared by all answers. */
const texts = new WeakMap<object, Buffer>();
const gzips = new WeakMap<Buffer, Promise<Buffer>>();

/** Returns the JSON of a constant body, which is made once. */
export function jsonOnce(body: object): Buffer {
  const text = texts.get(body) ?? Buffer.from(JSON.stringify(body));
  texts.set(body, text);
  return text;
}

/**
 * Ends an answer with a text, compressed by gzip if the client accepts that. The text is compressed completely before
 * any of it is sent, so that a slow reader does not keep zlib's memory in use. It is sent uncompressed when too many
 * compressions are waiting.
 */
export async function endCompressed(req: Request, res: Response, text: string | Buffer): Promise<void> {
  const length = Buffer.byteLength(text);
  const gzipped = length < COMPRESSED_FROM ? null : await gzipFor(req, res, text);
  if (gzipped !== null) res.setHeader("Content-Encoding", "gzip");
  res.setHeader("Content-Length", gzipped?.length ?? length);
  res.end(gzipped ?? text);
}

async function gzipFor(req: Request, res: Response, text: string | Buffer): Promise<Buffer | null> {
  res.vary("Accept-Encoding");
  if (req.method === "HEAD" || !req.acceptsEncodings("gzip")) return null;
  const gzip = () => compress(text);
  return nullWhenBusy(typeof text === "string" ? gzip() : makeOnce(gzips, text, gzip));
}
