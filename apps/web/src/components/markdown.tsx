import { type ComponentProps, createContext, use } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { outsideAddress } from "../lib/outside-address.ts";
import classes from "./markdown.module.css";

interface MarkdownProps {
  text: string;
  /** The level of the topmost headings: one below the heading that the text stands under. */
  headingLevel: 2 | 4;
}

/** A text by somebody we do not know, as CommonMark. HTML in it stays text, and nothing of it is fetched. */
export function Markdown({ text, headingLevel }: MarkdownProps) {
  return (
    <div className={classes.markdown}>
      <ReactMarkdown urlTransform={outsideAddress} components={componentsFrom[headingLevel]}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

// A picture may stand in a link, but a link may not.
const InLink = createContext(false);

function OutsideLink({ href, children }: ComponentProps<"a">) {
  if (!href) return <span>{children}</span>;
  return (
    // In a tab of its own: beside a form, following it must not cost what was typed.
    <a href={href} target="_blank" rel="nofollow ugc noopener noreferrer">
      <InLink value={true}>{children}</InLink>
    </a>
  );
}

/** A picture from elsewhere would tell its server who looks at this page: it is a link to it. */
function PictureLink({ src, alt }: ComponentProps<"img">) {
  const isInLink = use(InLink);
  const words = alt || "Picture";
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
