import { fileTypeFromBuffer } from "file-type";
import { endingOf } from "./clean-file-name.ts";

/** Bytes from the beginning of a file in which its type is looked for. */
export const TYPE_BYTES = 4100;

/** Endings of programs, and the types that `file-type` finds for them. */
const PROGRAM_ENDINGS = new Set([
  "exe",
  "dll",
  "msi",
  "com",
  "scr",
  "app",
  "dmg",
  "elf",
  "so",
  "bin",
  "run",
  "deb",
  "rpm",
  "apk",
  "appimage",
  "macho",
  "dylib",
  "vst",
  "vst3",
  "component",
  "node",
  "o",
  "out",
  "ax",
  "ocx",
  "sys",
  "cpl",
  "8bf",
  "aex",
  "plugin",
  "wasm",
  "",
]);
const PROGRAM_TYPES = new Set(["exe", "elf", "macho"]);

/** Endings whose files begin as told, and the types that `file-type` may find for them. */
const EXPECTED: Record<string, readonly string[]> = {
  pdf: ["pdf"],
  png: ["png", "apng"],
  jpg: ["jpg"],
  jpeg: ["jpg"],
  gif: ["gif"],
  webp: ["webp"],
  epub: ["epub", "zip"],
  mp3: ["mp3", "mpg", "aac"],
  flac: ["flac"],
};

/**
 * Looks for the type of a file in its first bytes. The answer is a hint: many types can't be told, and a file can be of
 * two types at once. `contradictsName`: the name promises another kind of file, such as a program that is called `.pdf`.
 */
export async function detectType(
  name: string,
  beginning: Uint8Array,
): Promise<{ mediaType: string | null; contradictsName: boolean }> {
  const found = await fileTypeFromBuffer(beginning.subarray(0, TYPE_BYTES)).catch(() => undefined);
  if (found === undefined) return { mediaType: null, contradictsName: false };
  const ending = endingOf(name);
  const isHiddenProgram = PROGRAM_TYPES.has(found.ext) && !PROGRAM_ENDINGS.has(ending);
  const expected = EXPECTED[ending];
  const isOther = expected !== undefined && !expected.includes(found.ext);
  return { mediaType: found.mime.slice(0, 120), contradictsName: isHiddenProgram || isOther };
}
