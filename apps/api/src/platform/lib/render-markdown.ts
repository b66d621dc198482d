import { isTooMuchMarkdown, outsideAddress } from "@yumroad/contract";
import MarkdownIt, { type Token } from "markdown-it";
import { createTextCache } from "./create-text-cache.ts";
import { escapeHtml } from "./escape-html.ts";

/** Level of the topmost headings: one below the heading above the text. */
export type TopHeading = 2 | 4;

/** Room for 19 lists within each other, each with an item. With more, brackets that never close take long. */
const MAX_NESTING = 40;

// HTML is a token of its own, so that what it surrounds is read as CommonMark reads it; it leaves as text.
const parser = new MarkdownIt("commonmark", { html: true, maxNesting: MAX_NESTING });
// Every address becomes a token: the allow-list decides which of them becomes a link.
parser.validateLink = () => true;
parser.normalizeLink = (address) => address;

/** The tokens that are one constant piece of HTML. */
const CONSTANT: Record<string, string> = {
  paragraph_open: "<p>",
  paragraph_close: "</p>",
  bullet_list_open: "<ul>",
  bullet_list_close: "</ul>",
  ordered_list_close: "</ol>",
  list_item_open: "<li>",
  list_item_close: "</li>",
  blockquote_open: "<blockquote>",
  blockquote_close: "</blockquote>",
  em_open: "<em>",
  em_close: "</em>",
  strong_open: "<strong>",
  strong_close: "</strong>",
  hr: "<hr>",
  hardbreak: "<br>",
  softbreak: "\n",
};

// In a tab of its own, so that unsaved input beside the link is not lost; the shop vouches for nothing behind it.
const LINK = 'target="_blank" rel="nofollow ugc noopener noreferrer"';

/** All that may come out, apart from text without angle brackets. */
const ALLOWED = new RegExp(
  [
    "</?(?:p|ul|ol|li|blockquote|em|strong|code|pre|span)>",
    "<(?:hr|br)>",
    '<ol start="\\d{1,9}">',
    '<h[2-6] data-level="[1-6]">',
    "</h[2-6]>",
    `<a href="(?:https?|mailto):[^"<>]*" ${LINK}>`,
    "</a>",
    '<p data-plain="true">',
  ].join("|"),
  "g",
);

/** Characters of texts and their HTML that are remembered. */
const REMEMBERED = 2_000_000;
const known = createTextCache(REMEMBERED);

/**
 * Renders an untrusted text in CommonMark as HTML that a page can contain: only the elements of the list above leave,
 * links only to complete addresses outside, pictures as links, so that nothing is loaded; HTML in the text stays text. A
 * text that would take long to parse is one paragraph, as it was written.
 */
export function renderMarkdown(text: string, top: TopHeading): string {
  return known(`${top}${text}`, () => render(text, top));
}

function render(text: string, top: TopHeading): string {
  if (isTooMuchMarkdown(text)) return plainMarkdown(text);
  const tokens = parser.parse(text, {});
  // The parser drops what is deeper.
  if (tokens.some(({ nesting, level }) => nesting === 1 && level >= MAX_NESTING - 1)) return plainMarkdown(text);
  const html = renderTokens(tokens, { top, link: null });
  return html.length <= mostOf(text) && isAllowed(html) ? html : plainMarkdown(text);
}

/** True if the HTML consists of what is allowed. It always is, unless the code above has a fault. */
export function isAllowed(html: string): boolean {
  return !/[<>]/.test(html.replace(ALLOWED, ""));
}

/** Characters of HTML that a text may become: the longest entity for each of its own, and room for the links. */
function mostOf(text: string): number {
  return 6 * text.length + 30_000;
}

/** The text as it was written, in the form of `renderMarkdown`. */
export function plainMarkdown(text: string): string {
  return `<p data-plain="true">${escapeHtml(text)}</p>`;
}

interface Place {
  top: TopHeading;
  /** The element of the link that the tokens are in. */
  link: "a" | "span" | null;
}

function renderTokens(tokens: readonly Token[], place: Place): string {
  return tokens.map((token) => (token.hidden ? "" : (CONSTANT[token.type] ?? renderToken(token, place)))).join("");
}

function renderToken(token: Token, place: Place): string {
  switch (token.type) {
    case "inline":
      return renderTokens(token.children ?? [], place);
    case "heading_open":
      return `<${headingOf(token, place)} data-level="${token.tag.slice(1)}">`;
    case "heading_close":
      return `</${headingOf(token, place)}>`;
    case "ordered_list_open":
      return openList(token);
    case "code_inline":
      return `<code>${escapeHtml(token.content)}</code>`;
    case "code_block":
    case "fence":
      return `<pre><code>${escapeHtml(token.content)}</code></pre>`;
    case "html_block":
      return `<p>${escapeHtml(token.content.trim())}</p>`;
    case "link_open":
      return openLink(token, place);
    case "link_close":
      return closeLink(place);
    case "image":
      return pictureLink(token, place);
    default:
      return escapeHtml(token.content);
  }
}

function headingOf({ tag }: Token, { top }: Place): string {
  return `h${Math.min(6, top + Number(tag.slice(1)) - 1)}`;
}

function openList(token: Token): string {
  const start = token.attrGet("start");
  return start === null ? "<ol>" : `<ol start="${Number(start)}">`;
}

function openLink(token: Token, place: Place): string {
  const tag = linkTag(token.attrGet("href"));
  place.link = tag === null ? "span" : "a";
  return tag ?? "<span>";
}

function closeLink(place: Place): string {
  const tag = `</${place.link}>`;
  place.link = null;
  return tag;
}

/** A remote picture would tell its server who views the page. A picture may be inside a link, but a link may not. */
function pictureLink(token: Token, { link }: Place): string {
  const words = escapeHtml(wordsOf(token.children ?? []) || "Picture");
  const tag = link === "a" ? null : linkTag(token.attrGet("src"));
  return tag === null ? `<span>${words}</span>` : `${tag}${words}</a>`;
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, children, content }) =>
      type === "softbreak" || type === "hardbreak" ? "\n" : children === null ? content : wordsOf(children),
    )
    .join("");
}

/** The opening tag of a link, or null if the address may not become one. */
function linkTag(address: string | number | null): string | null {
  const href = outsideAddress(String(address ?? ""));
  return href === "" ? null : `<a href="${escapeHtml(href)}" ${LINK}>`;
}
