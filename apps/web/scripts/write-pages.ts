import type { ESTree, Plugin, Rolldown } from "vite";
import { type Page, pages } from "../src/app/pages.ts";
import { isApp } from "./chunk-groups.ts";

const ROUTER = /\/src\/app\/router\.tsx$/;

/**
 * Writes down for the server which files each page loads first, and from which address its data: `.vite/pages.json`. The
 * head of the document asks for them, so that they come together instead of one after the other.
 */
export function writePages(): Plugin {
  let modules: ReadonlyMap<string, string> = new Map();
  return {
    name: "write-pages",
    apply: "build",
    transform: {
      filter: { id: ROUTER },
      handler(code) {
        modules = modulesOf(this.parse(code, { lang: "tsx" }));
      },
    },
    generateBundle(_, bundle) {
      const table = Object.entries<Page>(pages).map(([name, { path, data }]) => {
        const module = modules.get(name);
        if (module === undefined) throw new Error(`${ROUTER} loads no module for the page "${name}"`);
        return { path, data: data ?? null, ...filesOf(bundle, module) };
      });
      this.emitFile({ type: "asset", fileName: ".vite/pages.json", source: JSON.stringify(table) });
    },
  };
}

/** The module of each page: `home: async () => (await import("./routes/home.tsx")).HomePage`. */
function modulesOf(node: unknown, name = "", found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(node)) for (const one of node) modulesOf(one, name, found);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return found;
  const { type, key, source } = node as { type?: string; key?: ESTree.Node; source?: ESTree.Node };
  const isNamed = type === "Property" && key?.type === "Identifier";
  if (type === "ImportExpression" && source?.type === "Literal") found.set(name, String(source.value).slice(1));
  for (const value of Object.values(node)) modulesOf(value, isNamed ? key.name : name, found);
  return found;
}

/** The files that a module needs besides those of the entry, which the document names already. */
function filesOf(bundle: Rolldown.OutputBundle, module: string): { scripts: string[]; styles: string[] } {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const closureOf = (chunk: Rolldown.OutputChunk | undefined, seen = new Set<Rolldown.OutputChunk>()) => {
    if (chunk === undefined || seen.has(chunk)) return seen;
    seen.add(chunk);
    for (const name of chunk.imports)
      closureOf(
        chunks.find(({ fileName }) => fileName === name),
        seen,
      );
    return seen;
  };
  const entry = closureOf(chunks.find(isApp));
  const root = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
  if (root === undefined) throw new Error(`${module} is in no chunk`);
  const own = [...closureOf(root)].filter((chunk) => !entry.has(chunk));
  const stylesOf = (chunk: Rolldown.OutputChunk) => [...(chunk.viteMetadata?.importedCss ?? [])];
  const known = new Set([...entry].flatMap(stylesOf));
  // The deepest first, as the app itself would load the styles.
  const styles = own.reverse().flatMap(stylesOf);
  return {
    scripts: own.map(({ fileName }) => `/${fileName}`),
    styles: [...new Set(styles)].filter((name) => !known.has(name)).map((name) => `/${name}`),
  };
}
