// The look of the pages has one source, `tokens.css`: one changed token changes the product. So no other style sheet has
// a colour, a radius, a size of type, a shadow, a distance or a breakpoint of its own.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { readSources } from "./sources.mjs";
import { root } from "./tools.mjs";

const PLACE = "apps/web/src";
const AT_LEAST = 60;

/** Style sheets that may have values, and why. */
const FREE = {
  "apps/web/src/platform/ui/tokens.css": "has the values",
  "apps/web/src/platform/ui/fonts.css": "describes font files",
};

/** The drawn covers are coloured from a hue of their own. */
const DRAWN = "apps/web/src/catalog/products/cover.module.css";

const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|\b(?:white|black|red|green|blue|gr[ae]y)\b/i;
const LENGTH = /(?<![\w.-])-?\d*\.?\d+(?:rem|em|px|vw|ch)\b/;
/** A hairline, and the box of what only a screen reader sees. */
const HAIRLINE = /(?<![\w.-])-?1px\b/g;
const FLUID = /clamp\((?:[^()]|\([^()]*\))*\)/g;
const BREAKPOINTS = [24, 30, 48, 60];

const only = (pattern) => (value) => pattern.test(value);

/** Which values a property may have. */
const RULES = [
  {
    of: /^border(-[a-z]+)*-radius$/,
    what: "radius",
    isFine: only(/^(calc\(var\(--radius-\w+\) [*/] \d\)|(var\(--radius-\w+\)|0|inherit)( (var\(--radius-\w+\)|0))*)$/),
  },
  { of: /^font-size$/, what: "size of type", isFine: only(/^(var\(--text-\w+\)|inherit)$/) },
  { of: /^font$/, what: "size of type", isFine: only(/^inherit$/) },
  { of: /^font-family$/, what: "typeface", isFine: only(/^(var\([\w-]+\)|inherit)$/) },
  { of: /^box-shadow$/, what: "shadow", isFine: only(/^(var\(--shadow-\d\)|none)$/) },
  { of: /^transition/, what: "duration", isFine: (value) => !/\d(ms|s)\b/.test(value) },
  {
    of: /^(row-|column-)?gap$|^(padding|margin)(-[a-z]+)*$/,
    what: "distance",
    isFine: (value) => !LENGTH.test(value.replace(HAIRLINE, "").replace(FLUID, isOfTokens)),
  },
];

/** A distance between two tokens that follows the window has a free middle. */
function isOfTokens(clamp) {
  return /^clamp\(var\([\w-]+\), [^,]+, var\([\w-]+\)\)$/.test(clamp) ? "" : clamp;
}

export function faultsOfStyles({ path, text }) {
  if (Object.hasOwn(FREE, path)) return [];
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  const placeAt = (index) => `${path}:${plain.slice(0, index).split("\n").length}`;
  const fault = (index, what, value) =>
    `${placeAt(index)} has a ${what} of its own, ${value}: take or add one in platform/ui/tokens.css`;
  const faults = [];
  for (const { index, groups } of plain.matchAll(
    /(?<=[{;]\s*)(?<name>-{0,2}[a-z][\w-]*):\s*(?<value>[^;{}]+)(?=[;}])/g,
  )) {
    const name = groups.name;
    const value = groups.value.replace(/\s+/g, " ").trim();
    if (COLOUR.test(value) && path !== DRAWN) faults.push(fault(index, "colour", value));
    const rule = RULES.find(({ of }) => of.test(name));
    if (rule && !rule.isFine(value)) faults.push(fault(index, rule.what, value));
  }
  for (const { index, groups } of plain.matchAll(/@(?:media|container)[^{]*-width:\s*(?<width>[\d.]+\w+)/g))
    if (!isBreakpoint(groups.width)) faults.push(fault(index, "breakpoint", groups.width));
  return faults;
}

function isBreakpoint(width) {
  return width.endsWith("rem") && BREAKPOINTS.some((at) => [at, at - 0.01].includes(Number.parseFloat(width)));
}

/** Colours in the code of components. */
export function faultsOfSource({ texts }) {
  return texts
    .filter(({ text }) => /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$|^(?:rgba?|hsla?|oklch)\(/i.test(text))
    .map(({ text, place }) => `${place} has a colour of its own, ${text}: give the element a class`);
}

function stylesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return stylesIn(path);
    if (!entry.name.endsWith(".css")) return [];
    return [{ path: relative(root, path).replaceAll(sep, "/"), text: readFileSync(path, "utf8") }];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const styles = stylesIn(join(root, PLACE));
  const sources = readSources([PLACE]).filter(({ path }) => !/\.test\.tsx?$/.test(path));
  const faults = [...styles.flatMap(faultsOfStyles), ...sources.flatMap(faultsOfSource)];
  console.log([...faults, `${styles.length} style sheets looked at, ${faults.length} faults`].join("\n"));
  // A checker that sees nothing finds nothing wrong.
  process.exitCode = faults.length > 0 || styles.length < AT_LEAST ? 1 : 0;
}
