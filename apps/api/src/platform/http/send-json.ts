import { hash } from "node:crypto";
import type { Endpoint } from "@yumroad/contract";
import type { Request, Response } from "express";
import { endCompressed, jsonOnce } from "./compression.ts";

/** Any cache may store the answer. A browser revalidates it before each use; a proxy may serve it for ten seconds. */
const SHARED_CACHE = "public, max-age=0, s-maxage=10, must-revalidate";

interface JsonReply {
  body: unknown;
  isConstant?: boolean;
}

/** Ends an answer whose status and headers are set: with a JSON body, or without a body if the contract has none. */
export async function sendJson(
  endpoint: Endpoint,
  reply: JsonReply,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  if (endpoint.success.body === null) {
    res.end();
    return;
  }
  const text = reply.isConstant ? jsonOnce(reply.body as object) : JSON.stringify(reply.body);
  if (endpoint.cache === "shared" && res.statusCode === 200) {
    // Weak, since the same answer may be sent compressed or not (RFC 9110, 8.8.1).
    res.set({ "Cache-Control": SHARED_CACHE, ETag: `W/"${hash("sha1", text, "base64url")}"` });
    res.vary("Accept-Encoding");
    if (req.fresh) {
      res.status(304).end();
      return;
    }
  }
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  await endCompressed(req, res, text);
}
