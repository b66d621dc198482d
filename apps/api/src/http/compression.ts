import type { Request, Response } from "express";
import { COMPRESSED_FROM, compress } from "../lib/compress.ts";
import { TurnstileFull } from "../lib/turnstile.ts";

/** The text of bodies that are the same for every answer, and what it is as gzip: made once, and shared. */
const texts = new WeakMap<object, Buffer>();
const gzips = new WeakMap<Buffer, Promise<Buffer>>();

/** The JSON of a body that never changes. */
export function jsonOnce(body: object): Buffer {
  const text = texts.get(body) ?? Buffer.from(JSON.stringify(body));
  texts.set(body, text);
  return text;
}

/**
 * Ends an answer with a text, as gzip where the client takes that. Made as a whole before any of it is sent, so that a
 * client who is slow to read keeps no state of zlib alive; and as it stands when too much is being compressed already.
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
  try {
    return await (typeof text === "string" ? compress(text, "gzip") : gzipOnce(text));
  } catch (error) {
    if (error instanceof TurnstileFull) return null;
    throw error;
  }
}

/** What failed is tried again by the next one who asks. */
function gzipOnce(text: Buffer): Promise<Buffer> {
  const known = gzips.get(text);
  if (known) return known;
  const making = compress(text, "gzip");
  gzips.set(text, making);
  making.catch(() => gzips.delete(text));
  return making;
}
