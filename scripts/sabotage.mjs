// Puts one fault after the other into a copy of the source, and looks whether the scenario that should see it goes red.
//   node scripts/sabotage.mjs    all of them: prints a table in Markdown, and what it does to stderr
//   node scripts/sabotage.mjs 4  so many of those that can be made here, others each time: prints what saw each of them,
//                                and by which SABOTAGE_SEED they come back
// Ends with 1 when a fault goes unseen, or breaks so much that its scenario proves nothing.
import { randomInt } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sampleOf } from "../packages/scenarios/src/sample.ts";
import { faults } from "./sabotage-faults.mjs";
import { scenarioOutcomes } from "./scenario-outcomes.mjs";
import { capture, root } from "./tools.mjs";

/** Whatever a fault does, the shop still starts and answers: otherwise red would say nothing of the fault. */
const CONTROL = "every answer has the headers that keep a browser on our side";
const USUAL = { database: "sqlite", sessions: "embedded" };
const PATIENCE_MS = 180_000;

/** What each fault is seen by, in words. */
export const seenBy = ({ red, test }) => red ?? `${test.file}: ${test.name}`;

/** The source with a fault in it. Throws unless what is to be replaced is there exactly once. */
export function withFault(source, { name, find, replace }) {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`“${name}”: what it replaces is there ${parts.length - 1} times, not once`);
  return parts.join(replace);
}

/** A copy of the workspace's sources, with the packages that are installed here and with our own of the copy. */
export function copyOfSources() {
  const copy = mkdtempSync(join(tmpdir(), "yumroad-sabotage-"));
  const isSource = (path) => !["node_modules", "dist", ".turbo", "test-results"].includes(basename(path));
  for (const place of ["apps/api", "apps/web", "packages/contract", "packages/scenarios", "packages/testkit"]) {
    cpSync(join(root, place), join(copy, place), { recursive: true, filter: isSource });
    linkModules(join(root, place, "node_modules"), join(copy, place, "node_modules"), copy);
  }
  for (const file of ["package.json", "tsconfig.base.json"]) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

function linkModules(from, to, copy) {
  mkdirSync(to);
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    if (name === ".bin" || !name.startsWith("@")) symlinkSync(realpathSync(join(from, name)), join(to, name));
    else {
      mkdirSync(join(to, name));
      for (const inner of readdirSync(join(from, name))) {
        const ours = name === "@yumroad" && join(copy, "packages", inner);
        symlinkSync(
          ours && existsSync(join(root, "packages", inner)) ? ours : realpathSync(join(from, name, inner)),
          join(to, name, inner),
        );
      }
    }
  }
}

/** The outcomes of scenarios in the copy; of all up to the first red one when none are named. */
function outcomesIn(folder, names, pairing) {
  const args = names.length > 0 ? names.flatMap((name) => ["--only", name]) : ["--stop"];
  return scenarioOutcomes(pairing, args, { folder, patienceMs: PATIENCE_MS });
}

/** What a fault in the copy does: `{ seen, said }` with the scenario that went red, or `{ problem }`. */
export async function tryFault(folder, fault) {
  const file = join(folder, fault.file);
  const source = readFileSync(file, "utf8");
  writeFileSync(file, withFault(source, fault));
  try {
    return await (fault.test ? seenByPages(folder, fault) : seenByScenarios(folder, fault));
  } finally {
    writeFileSync(file, source);
  }
}

async function seenByScenarios(folder, { red, control = CONTROL, on = USUAL }) {
  const outcomes = await outcomesIn(folder, [control, red], on);
  if (outcomes.get(control) !== null) return { problem: `the shop does not work at all: ${outcomes.get(control)}` };
  if (outcomes.get(red)) return { seen: red, said: outcomes.get(red) };
  // Not by the one that should: by any?
  const [other] = [...(await outcomesIn(folder, [], on))].filter(([, error]) => error !== null);
  return other ? { seen: other[0], said: other[1] } : { problem: "no scenario sees it" };
}

async function seenByPages(folder, { test: { file, name } }) {
  const ran = await pageTests(folder, [{ file, name }], ["--bail", "1"]);
  const failed = ran.find(({ status }) => status === "failed");
  if (failed) return { seen: `${file}: ${failed.title}`, said: failed.failureMessages[0] ?? "" };
  return { problem: ran.some(({ status }) => status === "passed") ? "the test stays green" : "the test did not run" };
}

/**
 * Runs tests of pages in the copy, by file and name. What vitest says of each, with its file. One that fails is tried
 * again, with a fault and without: a machine that is busy for a second shows no page in time, and that is no news.
 */
async function pageTests(folder, tests, args = []) {
  const cwd = join(folder, "apps/web");
  const reportFile = join(folder, "report.json");
  const pattern = tests.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const files = new Set(tests.map(({ file }) => file));
  const which = [...files, "--testNamePattern", pattern, "--retry", "1"];
  const vitest = [join(cwd, "node_modules/vitest/vitest.mjs"), "run", ...which, ...args];
  rmSync(reportFile, { force: true });
  await capture(process.execPath, [...vitest, "--reporter", "json", "--outputFile", reportFile], {
    cwd,
    env: { TEST_REPORT_DIR: "" },
    patienceMs: PATIENCE_MS,
  });
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : {};
  return (report.testResults ?? []).flatMap((result) =>
    result.assertionResults.map((one) => ({ ...one, file: result.name })),
  );
}

/** The faults that can be made with the services that are there; null or undefined is one that is not. */
export function faultsWith({ redis, postgres }) {
  return faults.filter(
    ({ on = USUAL }) => (on.sessions !== "redis" || redis) && (on.database !== "postgres" || postgres),
  );
}

/** Tries faults one after the other, tells of each, and gives a row for each: the fault, what saw it, what it said. */
export async function sabotage(chosen, say = () => {}) {
  const { folder, remove } = copyOfSources();
  try {
    const isGreen = await greenWithout(folder, chosen);
    const rows = [];
    for (const fault of chosen) {
      const result = isGreen(fault)
        ? await tryFault(folder, fault)
        : { problem: "what should see it is red or missing without any fault" };
      say(`${fault.name} → ${result.problem ? `NOT SEEN: ${result.problem}` : result.seen}`);
      rows.push({ fault, ...result });
    }
    return rows;
  } finally {
    remove();
  }
}

/** Of each fault whether what should see it is green while it is not there, wherever that is needed. */
async function greenWithout(folder, chosen) {
  const names = new Map();
  for (const { red, control = CONTROL, on = USUAL } of chosen.filter((fault) => fault.red)) {
    const key = JSON.stringify(on);
    names.set(key, (names.get(key) ?? new Set()).add(red).add(control));
  }
  const outcomes = new Map();
  for (const [key, those] of names) outcomes.set(key, await outcomesIn(folder, [...those], JSON.parse(key)));
  const tests = chosen.flatMap(({ test }) => test ?? []);
  const ran = tests.length > 0 ? await pageTests(folder, tests) : [];
  return ({ red, control = CONTROL, on = USUAL, test }) =>
    test ? isGreenTest(ran, test) : [red, control].every((name) => outcomes.get(JSON.stringify(on)).get(name) === null);
}

/** Whether tests of that name have run, and all of them passed. */
export function isGreenTest(ran, { file, name }) {
  const own = ran.filter((one) => one.file.endsWith(file) && one.fullName.includes(name));
  return own.some(({ status }) => status === "passed") && !own.some(({ status }) => status === "failed");
}

function markdown(rows) {
  const cell = (text) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, 160);
  const table = rows.map(({ fault: { name, file, on = USUAL }, seen, problem }) => {
    const where = seen && !seen.startsWith("src/") ? `${on.database}, ${on.sessions}` : "";
    return `| ${cell(name)} | ${file.split("/").slice(-2).join("/")} | ${problem ? `**${cell(problem)}**` : cell(seen)} | ${where} |`;
  });
  const seen = rows.filter(({ problem }) => !problem).length;
  const ofPages = rows.filter(({ fault }) => fault.test).length;
  return [
    `Each line is one change to the source, of a line or so, made in a copy of it; beside it what goes red by it and is green without: for ${rows.length - ofPages} of the server a scenario, while the shop still starts and answers; for ${ofPages} of the pages a test of theirs. ${seen} of ${rows.length} are seen.`,
    "",
    "| Fault | In | Seen by | On |",
    "| --- | --- | --- | --- |",
    ...table,
  ].join("\n");
}

/** What `pnpm check` does: some of them, told one by one. */
async function trySome(count) {
  const { redisUrl: redis, postgresUrl: postgres } = await import("../apps/api/test/services.ts");
  const possible = faultsWith({ redis, postgres });
  const seed = Number(process.env.SABOTAGE_SEED || randomInt(2 ** 31));
  console.log(`${count} of ${possible.length} faults, SABOTAGE_SEED=${seed}`);
  return sabotage(sampleOf(possible, count, seed), (line) => console.log(line));
}

async function tryAll() {
  const rows = await sabotage(faults, (line) => console.error(line));
  console.log(markdown(rows));
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = Number(process.argv[2]);
  const rows = await (count ? trySome(count) : tryAll());
  process.exitCode = rows.some(({ problem }) => problem) ? 1 : 0;
}
