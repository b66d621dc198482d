import classes from "./markdown.module.css";

/**
 * Puts HTML of the server into the page: a text in Markdown that it has rendered from its allow-list (`descriptionHtml`,
 * `bioHtml`, `bodyHtml`). The only component that takes HTML; everything else is text.
 */
export function Html({ html }: { html: string }) {
  return <div dir="auto" className={classes.markdown} dangerouslySetInnerHTML={{ __html: html }} />;
}
