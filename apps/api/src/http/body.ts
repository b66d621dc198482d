import { isUtf8 } from "node:buffer";
import { finished } from "node:stream/promises";
import express, { type Request, type RequestHandler, type Response } from "express";
import { Refusal } from "./problem.ts";

/** Reads a JSON body; `undefined` when the request has none. Throws the refusals 415, 413 and 400, in this order. */
export function createBodyReader(maxBytes: number): (req: Request, res: Response) => Promise<unknown> {
  const parse: RequestHandler = express.json({
    limit: maxBytes,
    strict: false,
    // A compressed body could unfold into a large one, and no page of ours sends any.
    inflate: false,
    type: () => true,
    verify(_req, _res, bytes) {
      if (!isUtf8(bytes)) throw new Refusal("malformed_json");
    },
  });

  return async function readBody(req, res) {
    if (!hasBody(req)) return undefined;
    if (!isJson(req.headers["content-type"])) throw new Refusal("unsupported_media_type");
    await new Promise<void>((resolve, reject) => {
      parse(req, res, (error?: unknown) => (error ? reject(toRefusal(error)) : resolve()));
    });
    return req.body;
  };
}

/**
 * Reads the body of a request that needs none, and throws it away: while some of it is unread, the end of the answer
 * would reset the connection, and the answer with it. Resolves at its end, or when nobody is there any more.
 */
export async function passOverBody(req: Request): Promise<void> {
  if (!hasBody(req)) return;
  req.resume();
  await finished(req, { writable: false }).catch(() => {});
}

function hasBody(req: Request): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  return type === "application/json" && parameters.every((part) => part === "" || /^charset="?utf-8"?$/.test(part));
}

function toRefusal(error: unknown): unknown {
  const type = (error as { type?: string }).type ?? "";
  if (type === "entity.too.large") return new Refusal("payload_too_large");
  if (type === "encoding.unsupported" || type === "charset.unsupported") return new Refusal("unsupported_media_type");
  if (type === "entity.verify.failed" || type === "entity.parse.failed") return new Refusal("malformed_json");
  // The body ended early or its length was wrong: nobody is there to read an answer, but it is no fault of ours.
  if (type === "request.aborted" || type === "request.size.invalid") return new Refusal("malformed_json");
  return error;
}
