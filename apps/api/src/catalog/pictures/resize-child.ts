import { readFile, rename } from "node:fs/promises";
import { PICTURE_WIDTHS } from "@yumroad/contract";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";

// The program of the child process that `resizePicture` starts. It has the picture's bytes in its memory, which may be
// anything: it ends after one picture, or is ended.

/** The parent's message. Each size is written to `<target>-<width>.webp`. */
export interface ResizeOrder {
  original: string;
  target: string;
}

/** The child's answer. `unreadable`: the bytes are no picture of `KINDS`, or have more than `MOST_PIXELS`. */
export type ResizeOutcome = { is: "made"; width: number; height: number } | { is: "unreadable" };

/** Kinds by their first bytes. SVG is not one of them: it is a program. */
const KINDS = new Set(["jpg", "png", "apng", "webp", "gif", "avif"]);
/** Of all frames together. */
const MOST_PIXELS = 40e6;

sharp.cache(false);
sharp.concurrency(1);

/** Makes the sizes of a picture. */
export async function resizeChild({ original, target }: ResizeOrder): Promise<ResizeOutcome> {
  const bytes = await readFile(original);
  const kind = await fileTypeFromBuffer(bytes.subarray(0, 4100)).catch(() => undefined);
  if (kind === undefined || !KINDS.has(kind.ext)) return { is: "unreadable" };
  const isMoving = kind.ext === "gif" || kind.ext === "webp";
  try {
    const open = () => sharp(bytes, { animated: isMoving, limitInputPixels: MOST_PIXELS, failOn: "error" });
    let size = { width: 0, height: 0 };
    for (const width of PICTURE_WIDTHS) {
      const draft = `${target}-${width}.webp.draft`;
      // `autoOrient` turns the picture as its camera was held; the EXIF data, with the place, is dropped.
      const made = await open()
        .autoOrient()
        .resize({ width, withoutEnlargement: true })
        .webp({ quality: 80 })
        .toFile(draft);
      await rename(draft, `${target}-${width}.webp`);
      size = { width: made.width, height: made.pageHeight ?? made.height };
    }
    return { is: "made", ...size };
  } catch (error) {
    // An error of the file system has a code. It is thrown, since the picture may be readable.
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return { is: "unreadable" };
  }
}

// The parent has ended, so nothing limits the time and memory of this process.
process.once("disconnect", () => process.exit(1));

process.once("message", async (order: ResizeOrder) => {
  const outcome = await resizeChild(order);
  process.send?.(outcome, () => process.exit(0));
});
