import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Endpoint } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { withDeadline } from "../lib/deadline.ts";
import { openRange, type RangedContent } from "./byte-range.ts";

/** An answer other than JSON, to be saved under this name of ASCII letters. */
export interface Attachment {
  name: string;
  /** Content of unknown length is always sent as a whole. */
  content: Readable | RangedContent;
  /** Tells if the client may still have it; called while it is sent. An error counts as no. */
  mayGoOn(): Promise<boolean>;
}

const LOOK_EVERY_MS = 1000;

/**
 * Sends a file, or the requested range of one, as fast as the client reads. Without compression: a ZIP is compressed.
 * If its content fails half-way the connection is cut, so that the client does not take a part for the whole.
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
    // The client has disconnected, or was cut off.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    clearInterval(looking);
  }
}

/** HEAD is answered without content. */
function wholeOf(content: Readable, req: Request): Readable[] | null {
  if (req.method !== "HEAD") return [content];
  content.destroy();
  return null;
}

/** Ends the connection of a client that does not read its answer: unread data is held in memory. */
export function limitReading(
  res: Response,
  { answerStall, answerTime }: Pick<Limits, "answerStall" | "answerTime">,
): void {
  // Node itself checks if the system has sent anything meanwhile, and ends the connection when there is no listener.
  res.setTimeout(answerStall);
  const whole = setTimeout(() => cutOff(res), answerTime);
  res.once("close", () => clearTimeout(whole));
}

/** Drops everything that the system has not sent yet. */
function cutOff(res: Response): void {
  res.socket?.resetAndDestroy();
}
