import { Readable } from "node:stream";
import type { Request } from "express";
import { Refusal } from "./problem.ts";

/** The limits of a body: its bytes, its total milliseconds, and the milliseconds of a pause. */
export interface BodyBounds {
  size: number;
  time: number;
  stall: number;
}

/**
 * The body of a request as a stream. It ends only when the body has arrived complete, in time and within its size, and
 * `confirm` has resolved: until then its content is not confirmed. Otherwise it fails with a refusal. Only the sender's
 * time counts, not the reader's, and no more is read from the sender than the reader takes.
 */
export function streamBody(req: Request, bounds: BodyBounds, confirm: () => Promise<void>): Readable {
  const body = Readable.from(arriving(req, bounds, confirm), { objectMode: false });
  // The handler may have stopped listening.
  body.on("error", () => {});
  req.res?.once("close", () => body.destroy(req.complete ? undefined : new Refusal("malformed_request")));
  return body;
}

/** Throws when a handler has returned before its streamed body ended: it can't know yet that the body is valid. */
export function assertRead(body: unknown): void {
  if (body instanceof Readable && !body.readableEnded) throw new Error("A streamed body has to be read to its end");
}

async function* arriving(
  req: Request,
  { size, time, stall }: BodyBounds,
  confirm: () => Promise<void>,
): AsyncGenerator<Buffer> {
  // A destroyed request can't be answered.
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
    // Node reads the rest of a body only if none of it was read; without that the connection can't be reused.
    chunks.return?.().then(
      () => req.resume(),
      () => {},
    );
  }
}

/** The next chunk of a body; throws when its sender takes too long or disconnects. */
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

/** 408, and closes the connection: the rest of the body would be parsed as a request. */
export function tooSlow(): Refusal {
  return new Refusal("request_timeout", { headers: { Connection: "close" } });
}
