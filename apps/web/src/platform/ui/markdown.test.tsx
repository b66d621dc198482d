import { act, render, screen } from "@testing-library/react";
import { isTooMuchMarkdown } from "@yumroad/contract";
import { describe, expect, test, vi } from "vitest";
import { LateMarkdown } from "./late-markdown.tsx";
import { Markdown } from "./markdown.tsx";

function show(text: string, headingLevel: 2 | 4 = 2) {
  return render(<Markdown text={text} headingLevel={headingLevel} />).container;
}

test("headings begin below the one that the text stands under, and never go past the sixth", () => {
  show("# One\n\n## Two\n\n###### Six");
  expect(screen.getByRole("heading", { level: 2, name: "One" })).toBeVisible();
  expect(screen.getByRole("heading", { level: 3, name: "Two" })).toBeVisible();
  expect(screen.getByRole("heading", { level: 6, name: "Six" })).toBeVisible();
  expect(screen.queryByRole("heading", { level: 1 })).not.toBeInTheDocument();
});

test("in the preview they begin at the fourth level", () => {
  show("# One\n\n### Three", 4);
  expect(screen.getByRole("heading", { level: 4, name: "One" })).toBeVisible();
  expect(screen.getByRole("heading", { level: 6, name: "Three" })).toBeVisible();
});

test("lists, emphasis and code are what they are", () => {
  const container = show("- **one**\n- *two*\n\n`three`");
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(container.querySelector("strong")).toHaveTextContent("one");
  expect(container.querySelector("em")).toHaveTextContent("two");
  expect(container.querySelector("code")).toHaveTextContent("three");
});

test("a link leads out, in a tab of its own, and vouches for nothing", () => {
  show("[my site](https://example.com/a)");
  const link = screen.getByRole("link", { name: "my site" });
  expect(link).toHaveAttribute("href", "https://example.com/a");
  expect(link).toHaveAttribute("rel", "nofollow ugc noopener noreferrer");
  expect(link).toHaveAttribute("target", "_blank");
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "/api/auth/logout"])(
  "%j stays words without a link",
  (address) => {
    const container = show(`[words](<${address}>) and ![picture](<${address}>)`);
    expect(screen.getByText("words")).toBeVisible();
    expect(container.querySelector("a, img")).toBeNull();
  },
);

test("a picture is a link to it, and nothing is fetched; inside a link it is its words", () => {
  const container = show(
    "![the moon](https://example.com/moon.png)\n\n[![the sun](https://e.example/s.png)](https://e.example)",
  );
  expect(screen.getByRole("link", { name: "the moon" })).toHaveAttribute("href", "https://example.com/moon.png");
  expect(screen.getByRole("link", { name: "the sun" })).toHaveAttribute("href", "https://e.example/");
  expect(container.querySelector("img, a a")).toBeNull();
});

test.each([
  "<script>alert(1)</script>",
  '<img src="x" onerror="alert(1)">',
  "<iframe src=//e.example></iframe>",
  "<b>x",
])("HTML stays text: %s", (html) => {
  const container = show(`before ${html} after\n\n${html}`);
  expect(container).toHaveTextContent(html);
  expect(container.querySelector("script, img, iframe, b")).toBeNull();
});

describe("a text made to break the page", () => {
  test.each([
    [">".repeat(10_000)],
    ["1. ".repeat(3_000)],
    ["[".repeat(10_000)],
    ["*a _b ".repeat(1_600)],
    ["![".repeat(5_000)],
    ["1.\t   ".repeat(1_600)],
    [`- ${" ".repeat(300)}`.repeat(30)],
    ["* ".repeat(5_000)],
    ["`".repeat(10_000)],
    ["<".repeat(10_000)],
    ["[a](".repeat(2_500)],
  ])("shows all the same: %#", async (text) => {
    const { container } = render(<LateMarkdown text={text} headingLevel={2} />);
    await vi.dynamicImportSettled();
    await act(async () => {});
    expect(container).not.toBeEmptyDOMElement();
  });

  // Some 100 ms on an idle machine; seconds without the limits on lines and markers.
  test.each([
    ["emphasis that never closes", "*a_".repeat(3_333)],
    ["emphasis within emphasis", `${"*".repeat(4_999)}a${"*".repeat(4_999)}`],
    ["underlined headings", "a\n=\n".repeat(2_500)],
    ["paragraphs", "a\n\n".repeat(3_333)],
    ["lists", "- a\n".repeat(2_500)],
    ["lists within lists", `${"- ".repeat(19)}a\n`.repeat(250)],
    ["links that never close", "[[a](b)".repeat(1_428)],
    ["code that never closes", Array.from({ length: 140 }, (_, length) => `${"`".repeat(length)} `).join("")],
  ])("10,000 characters of it are there at once: %s", (_, text) => {
    const begun = performance.now();
    const { container } = render(isTooMuchMarkdown(text) ? <p>{text}</p> : <Markdown text={text} headingLevel={2} />);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(container).not.toBeEmptyDOMElement();
  });

  test("what is over the bounds shows as it was written", async () => {
    const text = "*a_".repeat(3_333);
    render(<LateMarkdown text={text} headingLevel={2} />);
    await vi.dynamicImportSettled();
    await act(async () => {});
    expect(screen.getByText(text)).toBeVisible();
  });

  test.each([
    ["a list of songs", "- **Song** by *somebody* at `3:45`\n".repeat(60)],
    [
      "many paragraphs with lines between them",
      "Some [words](https://example.com) of _mine_.\n\n----------\n\n".repeat(80),
    ],
    ["a long text in one paragraph", "Some **bold** words, and plain ones after them. ".repeat(140)],
  ])("what somebody may well write is within them: %s", (_, text) => {
    expect(isTooMuchMarkdown(text)).toBe(false);
  });
});
