import { Readable } from "node:stream";
import type { Request } from "express";
import { Refusal } from "./problem.ts";

/** Bytes of a body, and milliseconds: for the whole of it, and for a pause. */
export interface BodyBounds {
  size: number;
  time: number;
  stall: number;
}

/**
 * The body of a request as a stream, which ends only when all of it was there, in time and not too long, and `confirm`
 * has resolved: whatever is made of it before is not good yet. Fails otherwise, with a refusal. Only the sender's time
 * counts, not the reader's, and no more is taken from the sender than is read.
 */
export function streamBody(req: Request, bounds: BodyBounds, confirm: () => Promise<void>): Readable {
  const body = Readable.from(arriving(req, bounds, confirm), { objectMode: false });
  // The handler may be done with it, and listen no more.
  body.on("error", () => {});
  req.res?.once("close", () => body.destroy(req.complete ? undefined : new Refusal("malformed_request")));
  return body;
}

/** Throws when a handler is done with a streamed body that has not ended: it can't know yet that the body is good. */
export function assertRead(body: unknown): void {
  if (body instanceof Readable && !body.readableEnded) throw new Error("A streamed body has to be read to its end");
}

async function* arriving(
  req: Request,
  { size, time, stall }: BodyBounds,
  confirm: () => Promise<void>,
): AsyncGenerator<Buffer> {
  // A request that is destroyed can't be answered.
  const chunks = req.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let bytes = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const askedAt = performance.now();
      const { done, value } = await within(Math.min(stall, time - waitedMs), chunks.next());
      waitedMs += performance.now() - askedAt;
      if (done) break;
      bytes += value.length;
      if (bytes > size) throw new Refusal("payload_too_large");
      yield value;
    }
    await confirm();
  } finally {
    // Node reads the rest of a body only when none of it was read, and without that the connection is of no more use.
    chunks.return?.().then(
      () => req.resume(),
      () => {},
    );
  }
}

/** The next of a body, unless its sender takes too long or goes away. */
async function within<T>(ms: number, next: Promise<T>): Promise<T> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooSlow()), ms);
  try {
    return await Promise.race([next, isLate]);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal("malformed_request");
  } finally {
    clearTimeout(timer);
  }
}

/** 408, and the end of the connection: the rest of the body would be taken for a request. */
export function tooSlow(): Refusal {
  return new Refusal("request_timeout", { headers: { Connection: "close" } });
}
