import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Endpoint } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { withDeadline } from "../lib/deadline.ts";
import { openRange, type RangedContent } from "./byte-range.ts";

/** An answer other than JSON, which browsers save as a file called `name` (ASCII letters only). */
export interface Attachment {
  name: string;
  /** A stream has an unknown length and is always sent as a whole; RangedContent supports ranges. */
  content: Readable | RangedContent;
  /** Tells if the client may still have the file. Called repeatedly while the file is sent; an error means no. */
  mayGoOn(): Promise<boolean>;
}

const LOOK_EVERY_MS = 1000;

/**
 * Sends a file, or the requested range of it, as fast as the client reads. The answer is not compressed, since a ZIP is
 * compressed already. If reading the content fails half-way, the connection is cut, so that the client does not take a
 * part for the whole.
 */
export async function sendFile(
  { success }: Endpoint,
  { name, content, mayGoOn }: Attachment,
  { req, res, limits }: { req: Request; res: Response; limits: Pick<Limits, "storeDeadline"> },
): Promise<void> {
  res.set({
    "Content-Type": success.media ?? "application/octet-stream",
    "Content-Disposition": `attachment; filename="${name}"`,
  });
  const stages = content instanceof Readable ? wholeOf(content, req) : openRange(content, req, res);
  if (stages === null) {
    res.end();
    return;
  }
  const look = async () => {
    if (!(await withDeadline(limits.storeDeadline, mayGoOn).catch(() => false))) cutOff(res);
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    await pipeline([...stages, res]);
  } catch (error) {
    // The client has disconnected, or `cutOff` has ended the connection.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    clearInterval(looking);
  }
}

/** The stages that send a whole stream. Null: HEAD, which is answered without content. */
function wholeOf(content: Readable, req: Request): Readable[] | null {
  if (req.method !== "HEAD") return [content];
  content.destroy();
  return null;
}

/** Ends the connection of a client that does not read its answer in time, since unread data occupies memory. */
export function limitReading(
  res: Response,
  { answerStall, answerTime }: Pick<Limits, "answerStall" | "answerTime">,
): void {
  // The client has disconnected. "close" was emitted before this point, so a listener for it would never clear the
  // timer.
  if (res.closed) return;
  // When this timeout fires, Node checks if data was sent since the timeout was set. If not, Node ends the connection,
  // because there is no listener that would prevent this.
  res.setTimeout(answerStall);
  const whole = setTimeout(() => cutOff(res), answerTime);
  res.once("close", () => clearTimeout(whole));
}

/** Ends the connection and drops all data that the operating system has not sent yet. */
function cutOff(res: Response): void {
  res.socket?.resetAndDestroy();
}
