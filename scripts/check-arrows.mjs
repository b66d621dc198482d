// Says which way imports may point, and fails on one that points another way, or round in a circle.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./tools.mjs";

const feature = (app) => new RegExp(`^apps/${app}/src/features/([^/]+)/`);

/** Each rule: files that match `from` must not import files that match `to` (unless `except` says so), and why. Tests may, save where `isOfTestsToo`. */
export const rules = [
  { from: /^packages\/contract\/src/, to: /^(?!packages\/contract\/)/, why: "the contract stands on zod alone" },
  {
    from: /^packages\/testkit\//,
    to: /^(?!packages\/testkit\/)/,
    why: "the test kit knows nothing of ours",
    isOfTestsToo: true,
  },
  {
    from: /^apps\/web\/src\//,
    to: /^packages\/contract\/recordings\//,
    why: "recordings are for mocks and documents: no page loads them",
  },
  {
    from: /^packages\/scenarios\/src/,
    to: /^(?!packages\/(?:scenarios|contract|testkit)\/)/,
    why: "scenarios know a shop by HTTP alone",
  },
  { from: /^apps\/api\//, to: /^apps\/(?!api\/)/, why: "apps never import apps" },
  { from: /^apps\/web\//, to: /^apps\/(?!web\/)/, why: "apps never import apps" },
  { from: /^apps\/e2e\//, to: /^apps\/(?!e2e\/)/, why: "apps never import apps" },
  {
    from: /^apps\/api\/src\/platform\//,
    to: /^apps\/api\/src\/(?:identity|catalog|shop)\//,
    except: /^apps\/api\/src\/db\/(?:entities|seed-demo)\.ts$/,
    why: "what features stand on does not know them (the list of entities and the demo's seed aside)",
  },
  { from: /^apps\/api\/src\/lib\//, to: /^apps\/api\/src\/(?!lib\/)/, why: "lib stands on nothing of ours" },
  {
    from: feature("api"),
    to: /^apps\/api\/src\/features\/[^/]+\/(?:routes|policy|present)\.ts$/,
    isSame: feature("api"),
    why: "a feature may use another one's queries, writes and entity; never its routes, policy or presenter",
  },
  { from: feature("web"), to: feature("web"), isSame: feature("web"), why: "web features meet only on pages" },
  { from: feature("web"), to: /^apps\/web\/src\/app\//, why: "pages compose features, not the other way round" },
  {
    from: /^apps\/web\/src\/(?:components|lib)\//,
    to: /^apps\/web\/src\/(?:features|app)\//,
    why: "they know no product",
  },
  { from: /\/src\/(?!.*\.test\.)/, to: /\/test\/|\.test\.tsx?$/, why: "the product does not stand on its tests" },
];

/** Every fault in a graph of `file → imported files`: arrows that a rule forbids, and circles. */
export function faultsOf(graph) {
  return [...forbiddenArrows(graph), ...circles(graph)];
}

function forbiddenArrows(graph) {
  const faults = [];
  for (const [from, imported] of graph) {
    const isTest = /\.test\.tsx?$/.test(from);
    for (const to of imported) {
      for (const rule of rules) {
        if (isTest && !rule.isOfTestsToo) continue;
        if (!rule.from.test(from) || !rule.to.test(to) || rule.except?.test(from)) continue;
        if (rule.isSame && rule.isSame.exec(from)?.[1] === rule.isSame.exec(to)?.[1]) continue;
        faults.push(`${from} imports ${to}: ${rule.why}`);
      }
    }
  }
  return faults;
}

function circles(graph) {
  const done = new Set();
  const path = [];
  const found = [];
  const visit = (file) => {
    const start = path.indexOf(file);
    if (start !== -1) found.push(`a circle: ${[...path.slice(start), file].join(" → ")}`);
    if (start !== -1 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

/** Reads the imports of every source file of the workspace. Type-only imports are arrows but make no circle at run time. */
export function readGraph(folder) {
  const graph = new Map();
  for (const place of ["apps", "packages"]) {
    for (const file of sourcesIn(join(folder, place))) {
      graph.set(relative(folder, file), importsOf(folder, file));
    }
  }
  return graph;
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", ".turbo", "test-results"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?!type\s)(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

const PACKAGES = ["contract", "scenarios", "testkit"];

function importsOf(folder, file) {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)]
    .map((match) => match[1] ?? match[2])
    .flatMap((specifier) => {
      if (specifier.startsWith(".")) return [relative(folder, normalize(join(dirname(file), specifier)))];
      const [, name, part = "src"] = /^@yumroad\/(\w+)(?:\/(\w+))?$/.exec(specifier) ?? [];
      if (!name) return [];
      return [PACKAGES.includes(name) ? `packages/${name}/${part}/index.ts` : `apps/${name}/`];
    });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const graph = readGraph(root);
  const faults = faultsOf(graph);
  console.log([...faults, `${graph.size} modules looked at, ${faults.length} arrows amiss`].join("\n"));
  // A checker that sees nothing finds nothing wrong.
  process.exitCode = faults.length > 0 || graph.size < 100 ? 1 : 0;
}
