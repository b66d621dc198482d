/** A text as a part of the pattern of `like`, with a backslash as its `escape`. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}
