import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Endpoint } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { withDeadline } from "../lib/deadline.ts";
import { openRange, type RangedContent } from "./byte-range.ts";

/** An answer that is no JSON: to be kept under this name, of ASCII letters. */
export interface Attachment {
  name: string;
  /** Content of a length that nobody knows beforehand is sent as a whole. */
  content: Readable | RangedContent;
  /** Says if it is still theirs who asked for it; asked while it is sent. Not to know is no. */
  mayGoOn(): Promise<boolean>;
}

const LOOK_EVERY_MS = 1000;

/**
 * Sends a file, or the part that is asked for of one, as fast as it is read and no faster. Not compressed: a ZIP is.
 * When its content fails half-way the connection is cut, so that half is not taken for all.
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
    // Whoever asked for it has gone, or was cut off.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  } finally {
    clearInterval(looking);
  }
}

/** HEAD is answered without any of it. */
function wholeOf(content: Readable, req: Request): Readable[] | null {
  if (req.method !== "HEAD") return [content];
  content.destroy();
  return null;
}

/** Ends the connection of whoever does not read their answer: all that is not read is held in memory. */
export function limitReading(
  res: Response,
  { answerStall, answerTime }: Pick<Limits, "answerStall" | "answerTime">,
): void {
  // Node looks itself whether the system has got rid of anything meanwhile, and ends the connection when nobody listens.
  res.setTimeout(answerStall);
  const whole = setTimeout(() => cutOff(res), answerTime);
  res.once("close", () => clearTimeout(whole));
}

/** With all that the system was still to send. */
function cutOff(res: Response): void {
  res.socket?.resetAndDestroy();
}
