import { isUtf8 } from "node:buffer";
import { finished } from "node:stream/promises";
import express, { type Request, type RequestHandler, type Response } from "express";
import { Refusal } from "./problem.ts";

export interface BodyLimits {
  /** Bytes of a body under `/api/auth`, whose requests need no log-in, and of every other one. */
  authBodySize: number;
  bodySize: number;
  /** Milliseconds for the whole body, and for a pause in it. */
  bodyTime: number;
  bodyStall: number;
}

export interface BodyReader {
  /**
   * Reads a JSON body; `undefined` when the request has none. Throws the refusals 415, 413 and 400, in this order, and
   * 408 when the body takes too long.
   */
  readBody(req: Request, res: Response): Promise<unknown>;
  /**
   * Reads the body of a request that needs none, and throws it away: while some of it is unread, the end of the answer
   * would reset the connection, and the answer with it. Resolves at its end, or when nobody is there any more. Throws
   * 408 when the body takes too long.
   */
  drainBody(req: Request): Promise<void>;
}

export function createBodyReader({ authBodySize, bodySize, ...times }: BodyLimits): BodyReader {
  const parseOfAuth = createParser(authBodySize);
  const parseOfOthers = createParser(bodySize);

  return {
    async readBody(req, res) {
      if (!hasBody(req)) return undefined;
      if (!isJson(req.headers["content-type"])) throw new Refusal("unsupported_media_type");
      const parse = req.path.startsWith("/api/auth/") ? parseOfAuth : parseOfOthers;
      await inTime(req, times, () => parse(req, res));
      return req.body;
    },

    async drainBody(req) {
      if (hasBody(req)) await inTime(req, times, () => drain(req));
    },
  };
}

/** Waits for work that reads a request's body, for as long as the sender is not too slow. */
async function inTime<T>(
  req: Request,
  { bodyTime, bodyStall }: Pick<BodyLimits, "bodyTime" | "bodyStall">,
  read: () => Promise<T>,
): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Refusal("request_timeout", { headers: { Connection: "close" } }));
  const whole = setTimeout(giveUp, bodyTime);
  const pause = setTimeout(giveUp, bodyStall);
  const onData = () => pause.refresh();
  const reading = read();
  // After `read` has begun to listen: the first listener sets the stream going.
  req.on("data", onData);
  try {
    return await Promise.race([reading, isLate]);
  } finally {
    clearTimeout(whole);
    clearTimeout(pause);
    req.off("data", onData);
  }
}

async function drain(req: Request): Promise<void> {
  req.resume();
  await finished(req, { writable: false }).catch(() => {});
}

function createParser(maxBytes: number): (req: Request, res: Response) => Promise<void> {
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

  return (req, res) =>
    new Promise((resolve, reject) => {
      parse(req, res, (error?: unknown) => (error ? reject(toRefusal(error)) : resolve()));
    });
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
