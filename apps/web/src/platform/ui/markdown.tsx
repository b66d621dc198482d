import { outsideAddress } from "@yumroad/contract";
import { type ComponentProps, createContext, use } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { markdownWords } from "../../words/markdown.ts";
import classes from "./markdown.module.css";

interface MarkdownProps {
  text: string;
  /** Level of the topmost headings: one below the heading above the text. */
  headingLevel: 2 | 4;
}

/** Untrusted text as CommonMark. HTML in it stays text, and it loads nothing. */
export function Markdown({ text, headingLevel }: MarkdownProps) {
  return (
    <div dir="auto" className={classes.markdown}>
      <ReactMarkdown urlTransform={outsideAddress} components={componentsFrom[headingLevel]}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

// An image may be inside a link, but a link may not.
const InLink = createContext(false);

function OutsideLink({ href, children }: ComponentProps<"a">) {
  if (!href) return <span>{children}</span>;
  return (
    // Opens in a new tab, so that unsaved input beside it is not lost.
    <a href={href} target="_blank" rel="nofollow ugc noopener noreferrer">
      <InLink value={true}>{children}</InLink>
    </a>
  );
}

/** A remote image would tell its server who views the page, so it is rendered as a link. */
function PictureLink({ src, alt }: ComponentProps<"img">) {
  const isInLink = use(InLink);
  const words = alt || markdownWords.picture;
  return isInLink || typeof src !== "string" ? <span>{words}</span> : <OutsideLink href={src}>{words}</OutsideLink>;
}

function headingsFrom(top: number): Components {
  const headings = [1, 2, 3, 4, 5, 6].map((level) => {
    const Heading = `h${Math.min(6, top + level - 1)}` as "h6";
    return [`h${level}`, ({ children }: ComponentProps<"h6">) => <Heading data-level={level}>{children}</Heading>];
  });
  return Object.fromEntries(headings) as Components;
}

const inline: Components = { a: OutsideLink, img: PictureLink };
const componentsFrom = { 2: { ...inline, ...headingsFrom(2) }, 4: { ...inline, ...headingsFrom(4) } };
