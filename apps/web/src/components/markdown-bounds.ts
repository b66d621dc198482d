// What the parser does grows with the square of these, or faster. A description at its full length has far fewer.
const MAX_LINES = 250;
const MAX_MARKS = 600;

// Twenty lists or quotes, one within the other, on one line: nobody means that, and the parser would take minutes.
const TOO_DEEP = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){20}/m;

// A line across, or under a heading: of one character, however long.
const RULE = /^ {0,3}([*_=-])(?:[ \t]*\1)*[ \t]*$/;
/** What lists and quotes begin with, on the left of a line. */
const LEFT = /^[\s>*+\d.)-]*/;
const LEFT_MARKS = /[>*+.)-]/g;
const INLINE_MARKS = /[*_`<[\]]/g;

/** Whether a text would keep the browser of its reader busy, if it were shown as Markdown. */
export function isTooMuchMarkdown(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
  if (lines.length > MAX_LINES || TOO_DEEP.test(text)) return true;
  return lines.reduce((sum, line) => sum + marksOf(line), 0) > MAX_MARKS;
}

function marksOf(line: string): number {
  if (RULE.test(line)) return 1;
  const left = LEFT.exec(line)?.[0] ?? "";
  return count(left, LEFT_MARKS) + count(line.slice(left.length), INLINE_MARKS);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
