const MAX_BYTES = 180;
/** Longest ending that is kept when a name is cut: `.tar.gz` counts as `.gz`. */
const ENDING = /\.[^.\s]{1,20}$/u;
/** Control characters, separators of lines, and the controls that turn the direction of a text: `U+202E` shows `exe.fdp`. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;
/** Characters that no one sees, except those that scripts and emoji need. */
const INVISIBLE = /(?![\p{Join_Control}\p{Variation_Selector}\u{e0020}-\u{e007f}])\p{DI}/gu;

/**
 * The name under which a file is kept and downloaded: the last part of a path, without what could fool a reader or a
 * system, and at most 180 bytes of UTF-8. The ending is kept.
 *
 * @example
 * cleanFileName("C:\\Books\\..\\field notes.pdf") // "field notes.pdf"
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = last.normalize("NFC").replace(UNSAFE, "").replace(INVISIBLE, "").replace(/\s+/gu, " ").trim();
  // Names of dots alone are folders, and a dot in front hides a file.
  const visible = clean.replace(/^\.+/, "").trim();
  return visible === "" ? "file" : cut(visible);
}

/** The ending of a name in small letters, without its dot; empty: it has none. */
export function endingOf(name: string): string {
  return (ENDING.exec(name)?.[0] ?? "").slice(1).toLowerCase();
}

function cut(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = ENDING.exec(name)?.[0] ?? "";
  const room = MAX_BYTES - Buffer.byteLength(ending);
  let kept = "";
  for (const character of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return kept.trim() + ending;
}
