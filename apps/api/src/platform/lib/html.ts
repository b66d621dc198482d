import { escapeHtml } from "./escape-html.ts";

/** A piece of HTML that is safe to be put into a page. Only `html` makes it. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | null;

/** Makes HTML of a template: texts between its parts are escaped, and other pieces of HTML are not. `null` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(textOf)) };
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (typeof part !== "object") return escapeHtml(String(part));
  return "html" in part ? part.html : part.map((piece) => piece.html).join("");
}
