import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A page of the built app, as its build writes it down (apps/web/scripts/write-pages.ts). */
interface BuiltPage {
  /** Its address, with names for parts that differ: `/p/:slug`. `*`: every other address. */
  path: string;
  scripts: readonly string[];
  styles: readonly string[];
  /** Public data of the page: the addresses of the page that show it, and its address in the API. */
  data: { at: string; address: string } | null;
}

/** The part of the document's head that belongs to one page. */
interface PageHead {
  /** Elements that ask for the files of the page. */
  links: string;
  /** The API address of the data for a path; null if the page has no public data there. */
  dataOf(path: string): string | null;
}

const NONE: PageHead = { links: "", dataOf: () => null };

/** Parts of addresses that are written in one way only, so that the app asks for the same one. */
const PLAIN_PART = "([a-z0-9-]+)";
const ANY_PART = "[^/]+";

/**
 * Returns the head of the page at a path: its files and its data are asked for by the document, together with the app,
 * instead of one after the other. Without the build's table, heads are empty, and the app asks for everything itself.
 */
export function readPageHeads(folder: string): (path: string) => PageHead {
  const file = join(folder, ".vite/pages.json");
  const pages: BuiltPage[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const heads = pages
    .toSorted((one, other) => looseness(one) - looseness(other))
    .map((page) => ({ pattern: patternOf(page.path, ANY_PART), head: headOf(page) }));
  return (path) => heads.find(({ pattern }) => pattern.test(path))?.head ?? NONE;
}

/** A page whose address has fewer free parts comes first: `/products/new` is not a product. */
function looseness({ path }: BuiltPage): number {
  return path === "*" ? Number.POSITIVE_INFINITY : (path.match(/:/g) ?? []).length;
}

/** Matches as the app's router does: a slash at the end and capitals make no difference. */
function patternOf(path: string, part: string): RegExp {
  return path === "*" ? /^/ : new RegExp(`^${path.replace(/\/$/, "").replace(/:\w+/g, part)}/?$`, "i");
}

function headOf({ scripts, styles, data }: BuiltPage): PageHead {
  const links = [
    ...styles.map((name) => `<link rel="stylesheet" crossorigin href="${name}">`),
    ...scripts.map((name) => `<link rel="modulepreload" crossorigin href="${name}">`),
  ].join("");
  if (data === null) return { links, dataOf: () => null };
  const pattern = new RegExp(`^${data.at.replace(/:\w+/g, PLAIN_PART)}$`);
  return {
    links,
    dataOf: (path) => {
      const match = pattern.exec(path);
      return match === null ? null : data.address.replace(/:\w+/, match[1] ?? "");
    },
  };
}
