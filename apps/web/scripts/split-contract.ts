import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ESTree, Plugin } from "vite";

const CONTRACT = join(import.meta.dirname, "../../../packages/contract/src");
const IS_OF_ENDPOINTS = /\/packages\/contract\/src\/(?:endpoints\.ts|[\w-]+\.ts\?endpoints)$/;
const EXPORT = /^export (?:const|function) (\w+)/gm;

/**
 * Lets a page load the schemas that it uses, and no others. Otherwise the entry would have all: it needs the endpoints,
 * which stand beside their schemas, and takes them from the index, which imports every file. It would make them all
 * before the first page is there.
 */
export function splitContract(): Plugin[] {
  return [endpointsApart(), importsByFile()];
}

/** Makes another module of each file for its endpoints alone: the rest of it is dropped as unused. */
function endpointsApart(): Plugin {
  return {
    name: "endpoints-apart",
    apply: "build",
    enforce: "pre",
    resolveId: {
      filter: { id: /^\.\/[\w-]+\.ts$/ },
      handler(source, importer) {
        return importer && IS_OF_ENDPOINTS.test(importer) ? `${join(CONTRACT, source)}?endpoints` : null;
      },
    },
  };
}

/** Imports from the file that exports a name, instead of from the index. */
function importsByFile(): Plugin {
  /** The file that exports a name. */
  const files = new Map<string, string>();
  return {
    name: "imports-by-file",
    apply: "build",
    buildStart() {
      for (const name of readdirSync(CONTRACT).filter((file) => /(?<!\.test)\.ts$/.test(file))) {
        const file = join(CONTRACT, name);
        for (const [, exported = ""] of readFileSync(file, "utf8").matchAll(EXPORT)) files.set(exported, file);
      }
    },
    transform: {
      filter: { id: /\/apps\/web\/src\/.*\.tsx?$/, code: "@yumroad/contract" },
      handler(code) {
        return this.parse(code)
          .body.filter((statement) => statement.type === "ImportDeclaration")
          .filter(({ source }) => source.value === "@yumroad/contract")
          .toReversed()
          .reduce((text, { start, end, specifiers }) => {
            return text.slice(0, start) + specifiers.map(importOf).join(" ") + text.slice(end);
          }, code);
      },
    },
  };

  function importOf(specifier: ESTree.ImportDeclarationSpecifier): string {
    if (specifier.type !== "ImportSpecifier" || specifier.imported.type !== "Identifier") {
      throw new Error("Import from the contract by name");
    }
    const { name } = specifier.imported;
    const file = files.get(name);
    if (file === undefined) throw new Error(`No file of the contract exports ${name}`);
    return `import { ${name} as ${specifier.local.name} } from ${JSON.stringify(file)};`;
  }
}
