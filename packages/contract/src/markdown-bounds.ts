// The parser's time grows with the square of these, or faster. A description of maximum length has far fewer.
const MAX_LINES = 250;
const MAX_MARKS = 600;

// Twenty nested lists or quotes on one line are never meant, and the parser would take minutes.
const TOO_DEEP = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){20}/m;

// The parser reads the words of each of them once more.
const PICTURES_WITHIN_PICTURES = /(?:!\[[^\]]*){3}/;

/** Other blanks than these two make a paragraph. */
const BLANK = /^[ \t]*$/;

// A thematic break or heading underline: one character, repeated.
const RULE = /^ {0,3}([*_=-])(?:[ \t]*\1)*[ \t]*$/;
/** The markers of lists and quotes at the start of a line. */
const LEFT = /^[\s>*+\d.)-]*/;
const LEFT_MARKS = /[>*+.)-]/g;
const INLINE_MARKS = /[*_`<[\]]/g;

/** True if rendering the text as Markdown would take long, which would block a server or a browser. It is shown as it is. */
export function isTooMuchMarkdown(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => !BLANK.test(line));
  if (lines.length > MAX_LINES || TOO_DEEP.test(text) || PICTURES_WITHIN_PICTURES.test(text)) return true;
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
