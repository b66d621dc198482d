import { Readable } from "node:stream";
import type { Request } from "express";
import { Refusal } from "./problem.ts";

/**
 * Limits of a request's body: `size` in bytes, `time` for the whole body and `stall` for each pause in milliseconds.
 */
export interface BodyBounds {
  size: number;
  time: number;
  stall: number;
}

/**
 * Returns a request's body as a stream. The stream ends only when the body has arrived completely, in time and within
 * its size, and `confirm` has resolved; otherwise it fails with a refusal. Its content must not be trusted before its
 * end. The time limits count only the time spent waiting for the sender. The stream reads from the sender only as fast
 * as its own reader reads.
 */
export function streamBody(req: Request, bounds: BodyBounds, confirm: () => Promise<void>): Readable {
  const body = Readable.from(arriving(req, bounds, confirm), { objectMode: false });
  // This listener stays after the handler has removed its own: an error without any listener would end the process.
  body.on("error", () => {});
  req.res?.once("close", () => body.destroy(req.complete ? undefined : new Refusal("malformed_request")));
  return body;
}

/**
 * Throws if the handler returned before it had read its streamed body to the end: only the end shows that the body is
 * valid.
 */
export function assertRead(body: unknown): void {
  if (body instanceof Readable && !body.readableEnded) throw new Error("A streamed body has to be read to its end");
}

async function* arriving(
  req: Request,
  { size, time, stall }: BodyBounds,
  confirm: () => Promise<void>,
): AsyncGenerator<Buffer> {
  // Destroying the request would make an answer impossible.
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
    // After an answer Node discards the rest of a body only if none of it was read. Without `resume` the connection
    // could not be reused.
    chunks.return?.().then(
      () => req.resume(),
      () => {},
    );
  }
}

/** Awaits the next chunk of a body. Throws a refusal when the sender takes too long or disconnects. */
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

/**
 * Makes the refusal 408, which closes the connection. On an open connection, the rest of the body would be parsed as a
 * request.
 */
export function tooSlow(): Refusal {
  return new Refusal("request_timeout", { headers: { Connection: "close" } });
}
