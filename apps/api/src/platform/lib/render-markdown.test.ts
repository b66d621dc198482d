import { isTooMuchMarkdown } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import { costOf } from "../../../test/slow-texts.ts";
import { escapeHtml } from "./escape-html.ts";
import { isAllowed, renderMarkdown } from "./render-markdown.ts";

const html = (text: string) => renderMarkdown(text, 2);
const link = (href: string, words: string) =>
  `<a href="${href}" target="_blank" rel="nofollow ugc noopener noreferrer">${words}</a>`;

describe("R110: Markdown as HTML", () => {
  it.each([
    [
      "# One\n\n## Two\n\n###### Six",
      '<h2 data-level="1">One</h2><h3 data-level="2">Two</h3><h6 data-level="6">Six</h6>',
    ],
    ["Title\n===", '<h2 data-level="1">Title</h2>'],
    [
      "- **one**\n- *two*\n  - `three`",
      "<ul><li><strong>one</strong></li><li><em>two</em><ul><li><code>three</code></li></ul></li></ul>",
    ],
    ["- one\n\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"],
    ["7. one\n8. two", '<ol start="7"><li>one</li><li>two</li></ol>'],
    ["1. one", "<ol><li>one</li></ol>"],
    ["> quoted\n\n---", "<blockquote><p>quoted</p></blockquote><hr>"],
    ["one\ntwo  \nthree", "<p>one\ntwo<br>three</p>"],
    ["```js\na < b\n```\n\n    c", "<pre><code>a &lt; b\n</code></pre><pre><code>c\n</code></pre>"],
    ["Tom & Jerry &copy; \\*", "<p>Tom &amp; Jerry © *</p>"],
    ["[a][b]\n\n[b]: https://example.com/b 'Title'", `<p>${link("https://example.com/b", "a")}</p>`],
    [
      "[*my* site](https://example.com/?a=1&b=2)",
      `<p>${link("https://example.com/?a=1&amp;b=2", "<em>my</em> site")}</p>`,
    ],
    [
      "<mailto:ada@example.com> <ada@example.com>",
      `<p>${link("mailto:ada@example.com", "mailto:ada@example.com")} ${link("mailto:ada@example.com", "ada@example.com")}</p>`,
    ],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it("headings go past the sixth level nowhere, and begin where the page wants them", () => {
    expect(renderMarkdown("# One\n\n### Three", 4)).toBe('<h4 data-level="1">One</h4><h6 data-level="3">Three</h6>');
  });

  it("a picture is a link to it; inside a link it is its words", () => {
    expect(html("![the *moon*](https://e.example/m.png)")).toBe(
      `<p>${link("https://e.example/m.png", "the moon")}</p>`,
    );
    expect(html("![](https://e.example/m.png)")).toBe(`<p>${link("https://e.example/m.png", "Picture")}</p>`);
    const inLink = link("https://e.example/", "<span>the sun</span>");
    expect(html("[![the sun](https://e.example/s.png)](https://e.example)")).toBe(`<p>${inLink}</p>`);
  });

  it.each([
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "<iframe src=//e.example></iframe>",
    "<b>x",
  ])("HTML stays text: %s", (text) => {
    expect(html(`before ${text} after\n\n${text}`)).toBe(
      `<p>before ${escapeHtml(text)} after</p><p>${escapeHtml(text)}</p>`,
    );
  });
});

/** Addresses that browsers run or read in unexpected ways. */
const ADDRESSES = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java&#115;cript:alert(1)",
  "javascript&colon;alert(1)",
  "&#x6A;avascript:alert(1)",
  "java&Tab;script:alert(1)",
  "java&NewLine;script:alert(1)",
  "\\javascript:alert(1)",
  "\u0001javascript:alert(1)",
  " javascript:alert(1)",
  "%6aavascript:alert(1)",
  "javascript:alert(1)//https://example.com",
  "javascript://example.com/%0aalert(1)",
  "vbscript:msgbox(1)",
  "data:text/html;base64,PHNjcmlwdD4=",
  "data:image/svg+xml,<svg/onload=alert(1)>",
  "blob:https://example.com/1",
  "file:///etc/passwd",
  "filesystem:https://example.com/x",
  "view-source:https://example.com",
  "intent://scan/#Intent;scheme=zxing;end",
  "//evil.example",
  "\\\\evil.example",
  "/api/auth/logout",
  "?logout",
  "#root",
  "https://our-bank.example@evil.example",
  "ht&#116;ps:evil",
];

/** Pieces of HTML that filters have let through. */
const PIECES = [
  "<svg onload=alert(1)>",
  "<svg/onload=alert(1)//",
  "<img src=x onerror=alert(1)//",
  "<details open ontoggle=alert(1)>",
  "<math><mtext><style><img src onerror=alert(1)>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<template><script>alert(1)</script></template>",
  "<!--><script>alert(1)</script-->",
  "<![CDATA[><script>alert(1)</script>]]>",
  "<?php <script>alert(1)</script> ?>",
  "<form action=https://e.example><input name=password>",
  "<base href=https://e.example>",
  "<meta http-equiv=refresh content='0;url=https://e.example'>",
  "<style>@import 'https://e.example'</style>",
  "<a href=javascript:alert(1)>",
  "</div></article><script>alert(1)</script>",
  "<scr\0ipt>alert(1)</scr\0ipt>",
  "\u003cscript\u003ealert(1)",
  "＜script＞alert(1)＜/script＞",
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "\u2028<script>alert(1)</script>",
];

/** Places in which an address or a piece can stand. */
const AROUND: ((text: string) => string)[] = [
  (text) => text,
  (text) => `\n\n${text}\n\n`,
  (text) => `[words](${text})`,
  (text) => `[words](<${text}>)`,
  (text) => `[words](https://e.example "${text}")`,
  (text) => `[words](https://e.example/${text})`,
  (text) => `[words](https://e.example/?"${text})`,
  (text) => `![${text}](${text})`,
  (text) => `![${text}](<${text}>)`,
  (text) => `[![${text}](${text})](${text})`,
  (text) => `[words][r]\n\n[r]: <${text}> '${text}'`,
  (text) => `<${text}>`,
  (text) => `# ${text}`,
  (text) => `- > ${text}`,
  (text) => `\`${text}\``,
  (text) => `\`\`\`${text}\n${text}\n\`\`\``,
  (text) => `    ${text}`,
  (text) => `**${text}** _${text}_`,
  (text) => `${text}\n===`,
];

/** Reads HTML by rules of its own: the elements, with their attributes. */
function elementsOf(text: string): { name: string; attributes: Record<string, string> }[] {
  return [...text.matchAll(/<([a-z]\w*)([^<>]*)>/gi)].map(([, name = "", rest = ""]) => ({
    name,
    attributes: Object.fromEntries([...rest.matchAll(/([^\s=]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  }));
}

const ELEMENTS = "p ul ol li blockquote em strong code pre span hr br h2 h3 h4 h5 h6 a".split(" ");
const ATTRIBUTES = ["href", "target", "rel", "start", "data-level", "data-plain"];

describe("R110: nothing that a seller writes runs, loads or leads astray in a buyer's page", () => {
  it.each([...ADDRESSES, ...PIECES])("%j", (vector) => {
    for (const around of AROUND) {
      const made = html(around(vector));
      expect(made.replace(/<[a-z/][^<>]*>/gi, "")).not.toMatch(/[<>]/);
      for (const { name, attributes } of elementsOf(made)) {
        expect(ELEMENTS).toContain(name);
        for (const attribute of Object.keys(attributes)) expect(ATTRIBUTES).toContain(attribute);
        if (name === "a") expect(attributes.href).toMatch(/^(?:https?:\/\/[^@/]+(?:\/|$)|mailto:)/);
      }
    }
  });

  it.each([
    "<script>",
    "<p onclick=x>",
    '<a href="javascript:x" target="_blank" rel="nofollow ugc noopener noreferrer">',
    '<a href="https://e.example">',
    "<P>",
    "<p",
    "a > b",
    "<p >",
    '<ol start="1" onclick="x">',
  ])("the last look refuses %s", (made) => {
    expect([isAllowed(made), isAllowed(`<p>a</p>${made}`), isAllowed("<p>a &lt; b</p><hr>")]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("R110: no text holds the server", () => {
  const LENGTH = 20_000;
  const filled = (unit: string, { before = "", after = "" } = {}) => {
    let text = before + after;
    for (let count = 1; text.length < LENGTH; count *= 2) {
      const longer = before + unit.repeat(count) + after;
      if (longer.length > LENGTH || isTooMuchMarkdown(longer)) break;
      text = longer;
    }
    return text;
  };

  // The parser's worst cases within the bounds, found by trying some hundred thousand texts.
  it.each([
    ["brackets, then characters", filled("[", { after: "👍👍~~~".repeat(800) })],
    ["escaped and open brackets", filled("\\((")],
    ["entities", filled("&amp;")],
    ["half entities", filled("&#")],
    ["line ends and wide blanks", filled("\n\u3000")],
    ["backslashes", filled("\\")],
    ["three stars", filled("***", { after: "x".repeat(15_000) })],
    ["emphasis that never closes", filled("*a_")],
    ["links that never close", filled("[[a](b)")],
    ["links with parentheses", filled("[a](b (")],
    ["lists within lists", filled(`${"- ".repeat(19)}a\n`)],
    ["lists that go deeper", Array.from({ length: 139 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
    ["definitions", Array.from({ length: 250 }, (_, place) => `[a${place}]: b${"x".repeat(60)}\n`).join("")],
  ])("%s", async (_, text) => {
    expect(text.length).toBeGreaterThan(200);
    let round = 0;
    // Each round has a text of its own, so that none is remembered.
    expect(await costOf(() => renderMarkdown(`${text}${" ".repeat(++round)}`, 2))).toBeLessThan(20);
  });

  it("an address that is used often makes no text huge", () => {
    const long = `[a]: http://x/${"😀".repeat(18_700)}\n\n${"[a] ".repeat(297)}`;
    const often = `[a]: http://x/${"a".repeat(1_900)}\n\n${"[a] ".repeat(297)}`;
    for (const text of [long, often]) expect(html(text).length).toBeLessThan(6 * text.length + 30_001);
  });

  it("more than the parser can bear is one paragraph, as it was written", () => {
    for (const text of ["*a_".repeat(3_333), "> ".repeat(5_000), "a\n\n".repeat(300), "![".repeat(37)]) {
      expect(html(text)).toBe(`<p data-plain="true">${escapeHtml(text)}</p>`);
    }
  });

  it("nothing of what is nested too deeply is lost", () => {
    const text = Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- item ${depth}`).join("\n");
    for (let depth = 0; depth < 60; depth += 1) expect(html(text)).toContain(`item ${depth}`);
    expect(html(`${"- ".repeat(19)}deep`)).toContain("<li>deep</li>");
  });
});
