// Reads TypeScript with one parser, so that no check looks for imports, texts or comments in a way of its own.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { root } from "./tools.mjs";

export const isTest = (path) => /\.test\.tsx?$/.test(path);

/** Reads the sources in these folders of the repository, tests included. */
export function readSources(places) {
  return places
    .flatMap((place) => sourcesIn(join(root, place)))
    .map((file) => {
      const path = relative(root, file).replaceAll(sep, "/");
      return parseSource(path, readFileSync(file, "utf8"));
    });
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", ".turbo", "test-results"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/**
 * Parses one file. `imports` are paths in the repository, of type imports, dynamic imports and re-exports too. `texts`
 * are its strings, with `?` for each value put into a template. `copy` is what a page may show: its strings and the text in
 * JSX, without the messages of errors and the literals of types. `state` names its variables that can change. `docs` are its
 * doc comments without their stars.
 */
export function parseSource(path, text) {
  const { program, comments, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const placed = (found, start) => ({
    text: found,
    get place() {
      return `${path}:${text.slice(0, start).split("\n").length}`;
    },
  });
  const specifiers = [];
  const texts = [];
  const copy = [];
  let depthOfOthers = 0;
  const addText = (found, start) => {
    texts.push(placed(found, start));
    if (depthOfOthers === 0) copy.push(placed(found, start));
  };
  const isError = ({ callee }) => callee.type === "Identifier" && callee.name.endsWith("Error");
  const isSuper = ({ callee }) => callee.type === "Super";
  const see = ({ source }) => source?.type === "Literal" && specifiers.push(source.value);
  new Visitor({
    ImportDeclaration: see,
    ExportNamedDeclaration: see,
    ExportAllDeclaration: see,
    ImportExpression: see,
    TSImportType: see,
    Literal: ({ value, start }) => typeof value === "string" && addText(value, start),
    TemplateLiteral: ({ quasis, start }) => addText(quasis.map((part) => part.value.cooked).join("?"), start),
    JSXText: ({ value, start }) => value.trim() !== "" && copy.push({ isJsx: true, ...placed(value.trim(), start) }),
    NewExpression: (node) => isError(node) && depthOfOthers++,
    "NewExpression:exit": (node) => isError(node) && depthOfOthers--,
    CallExpression: (node) => isSuper(node) && depthOfOthers++,
    "CallExpression:exit": (node) => isSuper(node) && depthOfOthers--,
    TSLiteralType: () => depthOfOthers++,
    "TSLiteralType:exit": () => depthOfOthers--,
  }).visit(program);
  return {
    path,
    text,
    imports: specifiers.flatMap((specifier) => pathOf(path, specifier)),
    texts,
    copy,
    state: program.body.flatMap(stateOf).map(({ id }) => placed(id.name, id.start)),
    docs: comments
      .filter(({ type, value }) => type === "Block" && value.startsWith("*"))
      .map(({ value, start }) => placed(value.replace(/^[\s*]+/gm, "").trim(), start)),
    exports: module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name)),
  };
}

/** The variables of a statement at the top of a module that can change: others than constants, and empty containers. */
function stateOf(statement) {
  const { type, kind, declarations } = statement.declaration ?? statement;
  if (type !== "VariableDeclaration") return [];
  return declarations.filter(({ id, init }) => id.type === "Identifier" && (kind !== "const" || isContainer(init)));
}

function isContainer(init) {
  if (init?.type === "ArrayExpression") return init.elements.length === 0;
  if (init?.type !== "NewExpression" || init.arguments.length > 0) return false;
  return ["Set", "Map", "WeakSet", "WeakMap", "AbortController", "EventTarget"].includes(init.callee.name);
}

const PACKAGES = ["contract", "scenarios", "testkit"];

function pathOf(path, specifier) {
  if (specifier.startsWith(".")) return [normalize(join(dirname(path), specifier)).replaceAll(sep, "/")];
  const [, name, part = "src"] = /^@yumroad\/(\w+)(?:\/(\w+))?$/.exec(specifier) ?? [];
  if (!name) return [];
  return [PACKAGES.includes(name) ? `packages/${name}/${part}/index.ts` : `apps/${name}/`];
}

/** Runs a check over these places, if its script is the one that was started: prints a line per fault, and fails on any. */
export function runCheck(url, { places, atLeast, faultsOf, summaryOf = () => [] }) {
  if (url !== pathToFileURL(process.argv[1]).href) return;
  const sources = readSources(places);
  const faults = faultsOf(sources);
  const count = `${sources.length} modules looked at, ${faults.length} faults`;
  console.log([...faults, ...summaryOf(sources), count].join("\n"));
  // A checker that sees nothing finds nothing wrong.
  process.exitCode = faults.length > 0 || sources.length < atLeast ? 1 : 0;
}
