import { isUtf8 } from "node:buffer";
import { finished } from "node:stream/promises";
import { type Endpoint, needsUser, type RawBody } from "@yumroad/contract";
import express, { type Request, type RequestHandler, type Response } from "express";
import { type BodyBounds, streamBody, tooSlow } from "./body-stream.ts";
import { Refusal } from "./problem.ts";

export interface BodyLimits {
  /**
   * Maximum bytes of a body if the endpoint names no size: `authBodySize` for endpoints without login, `bodySize` for
   * those with login.
   */
  authBodySize: number;
  bodySize: number;
  /**
   * Maximum milliseconds: `bodyTime` for the whole body if the endpoint names no time, `bodyStall` for each pause in
   * it.
   */
  bodyTime: number;
  bodyStall: number;
}

/**
 * Reads a request's body and returns the value of its JSON, all its bytes, or a stream of them. Checks for 415, 413 and
 * 400 in this order, and throws 408 when the body takes too long. A stream throws 413, 400 and 408 while it is read. At
 * its end it throws any error of `confirm`.
 */
export type BodyReader = (req: Request, res: Response, confirm: () => Promise<void>) => Promise<unknown>;

export function createBodyReader(endpoint: Endpoint, limits: BodyLimits): BodyReader {
  const usualSize = needsUser(endpoint) ? limits.bodySize : limits.authBodySize;
  const bounds = {
    size: endpoint.bodySize ?? usualSize,
    time: endpoint.bodyTime ?? limits.bodyTime,
    stall: limits.bodyStall,
  };
  if (endpoint.method === "GET") return (req) => drainBody(req, bounds);
  if (endpoint.rawBody === undefined) return jsonReader(bounds);
  return endpoint.rawBody.as === "bytes"
    ? bytesReader(endpoint.rawBody, bounds)
    : streamReader(endpoint.rawBody, bounds);
}

/** Makes a reader of JSON, which returns `undefined` for a request without a body. */
function jsonReader(bounds: BodyBounds): BodyReader {
  const parse = promised(
    express.json({
      limit: bounds.size,
      strict: false,
      ...AS_SENT,
      verify(_req, _res, bytes) {
        if (!isUtf8(bytes)) throw new Refusal("malformed_json");
      },
    }),
    "malformed_json",
  );
  return async (req, res) => {
    if (!hasBody(req)) return undefined;
    if (!isJson(req.headers["content-type"])) throw new Refusal("unsupported_media_type");
    await inTime(req, bounds, () => parse(req, res));
    return req.body;
  };
}

function bytesReader({ media }: RawBody, bounds: BodyBounds): BodyReader {
  const parse = promised(express.raw({ limit: bounds.size, ...AS_SENT }), "malformed_request");
  return async (req, res) => {
    refuseOtherMedia(req, media);
    if (!hasBody(req)) return Buffer.alloc(0);
    await inTime(req, bounds, () => parse(req, res));
    return req.body;
  };
}

/** Makes a reader that checks the headers only and returns a stream, which the handler reads. */
function streamReader({ media }: RawBody, bounds: BodyBounds): BodyReader {
  return async (req, _res, confirm) => {
    refuseOtherMedia(req, media);
    // Checks `Content-Length` first, so that a client that announces a too large body is refused before it sends the
    // body.
    if (Number(req.headers["content-length"] ?? 0) > bounds.size) throw new Refusal("payload_too_large");
    return streamBody(req, bounds, confirm);
  };
}

/**
 * Reads and discards the body of a request that needs none: unread bytes would reset the connection after the answer,
 * and the client could lose the answer. Resolves at the end of the body or when the client has disconnected.
 */
async function drainBody(req: Request, bounds: BodyBounds): Promise<undefined> {
  if (hasBody(req)) await inTime(req, bounds, () => drain(req));
}

async function drain(req: Request): Promise<void> {
  req.resume();
  await finished(req, { writable: false }).catch(() => {});
}

/** Awaits `read`, which reads a request's body. Throws 408 when the sender is too slow. */
async function inTime<T>(req: Request, { time, stall }: BodyBounds, read: () => Promise<T>): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(tooSlow());
  const whole = setTimeout(giveUp, time);
  const pause = setTimeout(giveUp, stall);
  const onData = () => pause.refresh();
  const reading = read();
  // This listener is added after that of `read`, because data starts to flow with the first listener.
  req.on("data", onData);
  try {
    return await Promise.race([reading, isLate]);
  } finally {
    clearTimeout(whole);
    clearTimeout(pause);
    req.off("data", onData);
  }
}

/**
 * Options of Express's parsers. `type`: parse any media type, since it was checked before. `inflate: false`: refuse
 * compressed bodies, since a small one could expand to a large one.
 */
const AS_SENT = { type: () => true, inflate: false };

function promised(parse: RequestHandler, malformed: Malformed): (req: Request, res: Response) => Promise<void> {
  return (req, res) =>
    new Promise((resolve, reject) => {
      parse(req, res, (error?: unknown) => (error ? reject(toRefusal(error, malformed)) : resolve()));
    });
}

function hasBody(req: Request): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = partsOf(contentType);
  return type === "application/json" && parameters.every((part) => part === "" || /^charset="?utf-8"?$/.test(part));
}

function refuseOtherMedia(req: Request, media: readonly string[]): void {
  const [type = ""] = partsOf(req.headers["content-type"]);
  const { "content-encoding": coding = "identity" } = req.headers;
  if (!media.includes(type) || coding.toLowerCase() !== "identity") {
    throw new Refusal("unsupported_media_type", { detail: `Send ${media.join(" or ")}, not encoded` });
  }
}

function partsOf(contentType: string | undefined): string[] {
  return (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
}

type Malformed = "malformed_json" | "malformed_request";

function toRefusal(error: unknown, malformed: Malformed): unknown {
  const type = (error as { type?: string }).type ?? "";
  if (type === "entity.too.large") return new Refusal("payload_too_large");
  if (type === "encoding.unsupported" || type === "charset.unsupported") return new Refusal("unsupported_media_type");
  if (type === "entity.verify.failed" || type === "entity.parse.failed") return new Refusal(malformed);
  // The body ended early or its length was wrong: a fault of the client, who has disconnected.
  if (type === "request.aborted" || type === "request.size.invalid") return new Refusal(malformed);
  return error;
}
