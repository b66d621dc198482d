// pnpm mutation [word…]: makes small changes to the source and checks that a test notices each (Stryker). Prints
// Markdown. A whole run takes most of an hour; `pnpm mutation safe-next` takes a few seconds. Exits with 1 when the
// score is too low, or when a survivor is not explained in judged.json. Uses Redis if it is there.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareTools, root } from "../../scripts/tools.mjs";
import { inWords, judge, LOWEST_SCORE, mutantsOf, scoreOf } from "./report.mjs";
import { notChanged, targets } from "./targets.mjs";

const here = import.meta.dirname;
const tools = prepareTools((text) => console.error(text));
/** Time limit of one target. */
const LONGEST_MS = 20 * 60_000;
/** Time limit of the whole run. The remaining targets are then skipped, and the results so far are printed. */
const ENDS_AT = performance.now() + Number(process.env.MUTATION_MINUTES || 66) * 60_000;
const COPIES = ".stryker-tmp";
const results = mkdtempSync(join(tmpdir(), "yumroad-mutation-"));

/** Outside the workspace, so that installing the product does not fetch it. */
function installStryker() {
  const command = ["install", "--ignore-workspace", "--frozen-lockfile", "--prefer-offline"];
  const { status } = spawnSync("pnpm", command, { cwd: here, env: tools, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("Stryker could not be installed: is this machine online?");
}

/** Runs Stryker over one target, in a copy of its package, and returns the mutants. */
async function change({ name, folder, mutate, tests: include }) {
  const isPage = folder === "apps/web";
  const setupFiles = isPage || folder === "apps/api" ? ["./test/setup.ts"] : [];
  const found = join(results, `${name}.json`);
  const settings = join(results, `${name}.config.json`);
  const options = {
    plugins: [join(here, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
    testRunner: "vitest",
    vitest: { configFile: join(here, "vitest.config.mjs"), related: false },
    mutate,
    // Stryker can't rewrite a tsconfig with TypeScript 7. The copy is inside its package, so it finds the package's
    // own.
    tsconfigFile: "none",
    ignorePatterns: ["tsconfig.json"],
    disableTypeChecks: false,
    coverageAnalysis: "perTest",
    concurrency: 2,
    timeoutMS: 10_000,
    reporters: ["json"],
    jsonReporter: { fileName: found },
    tempDirName: COPIES,
    cleanTempDir: "always",
    logLevel: "warn",
  };
  const leftMs = ENDS_AT - performance.now();
  if (leftMs <= 0) throw new Error(`${name}: no time is left`);
  // Removes the leftovers of a killed run.
  rmSync(join(root, folder, COPIES), { recursive: true, force: true });
  writeFileSync(settings, JSON.stringify(options));
  const stryker = join(here, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const status = await new Promise((resolve, reject) => {
    const child = spawn("node", [stryker, "run", settings], {
      cwd: join(root, folder),
      env: { ...tools, MUTATION_TESTS: JSON.stringify({ include, setupFiles, isPage }) },
      stdio: ["ignore", 2, 2],
      timeout: Math.ceil(Math.min(LONGEST_MS, leftMs)),
    });
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (status !== 0) throw new Error(`Stryker could not change ${name}: its words are above`);
  const { files } = JSON.parse(readFileSync(found, "utf8"));
  const mutants = mutate.flatMap((path) => (files[path] ? mutantsOf(`${folder}/${path}`, files[path]) : []));
  if (scoreOf(mutants).all === 0) throw new Error(`${name}: nothing was changed that a test could notice`);
  return mutants;
}

const words = process.argv.slice(2);
const asked = targets.filter(
  ({ name, mutate }) => words.length === 0 || words.some((word) => [name, ...mutate].join(" ").includes(word)),
);
if (asked.length === 0) {
  console.error(`Nothing is called so: there are ${targets.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}

installStryker();
try {
  const mutants = [];
  const missing = [];
  for (const target of asked) {
    const startedAt = performance.now();
    // A target that fails does not stop the others.
    const of = await change(target).catch((error) => {
      console.error(error.message);
      missing.push(target.name);
      return null;
    });
    if (of === null) continue;
    mutants.push(...of);
    const { all, noticed } = scoreOf(of);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.error(`${target.name}: ${noticed} of ${all} changes noticed, in ${seconds} s`);
  }
  const judged = JSON.parse(readFileSync(join(here, "judged.json"), "utf8"));
  const { survivors, outdated } = judge(mutants, judged);
  for (const { file, line } of outdated) console.error(`judged, but noticed or gone: ${file}: ${line}`);
  // In the format of judged.json.
  for (const { file, line, was, becomes, nth, why } of survivors)
    if (why === null) console.error(JSON.stringify({ file, line, was, becomes, ...(nth > 1 && { nth }), why: "" }));
  console.log(inWords(mutants, survivors, missing));
  if (words.length === 0) console.log(`\n${notChanged}`);
  if (missing.length > 0 || scoreOf(mutants).score < LOWEST_SCORE || survivors.some(({ why }) => why === null))
    process.exitCode = 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
