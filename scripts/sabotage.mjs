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
import { CONTROL_JOURNEY, isGreenTest, playJourneys, runTests } from "./sabotage-pages.mjs";
import { scenarioOutcomes } from "./scenario-outcomes.mjs";
import { root } from "./tools.mjs";

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
  for (const place of [
    "apps/api",
    "apps/e2e",
    "apps/web",
    "packages/contract",
    "packages/scenarios",
    "packages/testkit",
  ]) {
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

/** What a fault in the copy does: `{ seen, said }` with what went red, or `{ problem }`. */
export async function tryFault(folder, fault, { inChromium = false } = {}) {
  const file = join(folder, fault.file);
  const source = readFileSync(file, "utf8");
  writeFileSync(file, withFault(source, fault));
  try {
    if (!fault.test) return await seenByScenarios(folder, fault);
    return await (inChromium && fault.journey ? seenByJourney(folder, fault) : seenByTest(folder, fault));
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

async function seenByTest(folder, { test: { file, name } }) {
  const ran = await runTests(folder, [{ file, name }], ["--bail", "1"]);
  const failed = ran.find(({ status }) => status === "failed");
  if (failed) return { seen: `${file}: ${failed.title}`, said: failed.failureMessages[0] ?? "" };
  return { problem: ran.some(({ status }) => status === "passed") ? "the test stays green" : "the test did not run" };
}

async function seenByJourney(folder, { journey }) {
  const results = await playJourneys(folder, [CONTROL_JOURNEY, journey]);
  if (results.get(CONTROL_JOURNEY) !== null) return { problem: "the pages do not work at all" };
  if (results.get(journey)) return { seen: journey, said: results.get(journey) };
  return { problem: results.has(journey) ? "the journey stays green" : "the journey did not run" };
}

/** The faults that can be made with the services that are there; null or undefined is one that is not. */
export function faultsWith({ redis, postgres }) {
  return faults.filter(
    ({ on = USUAL }) => (on.sessions !== "redis" || redis) && (on.database !== "postgres" || postgres),
  );
}

/**
 * Tries faults one after the other, tells of each, and gives a row for each: the fault, what saw it, what it said. Those
 * of pages are looked for by a test, or `inChromium` by a journey if there is one, which takes longer.
 */
export async function sabotage(chosen, say = () => {}, { inChromium = false } = {}) {
  const { folder, remove } = copyOfSources();
  try {
    const isGreen = await greenWithout(folder, chosen, inChromium);
    const rows = [];
    for (const fault of chosen) {
      const result = isGreen(fault)
        ? await tryFault(folder, fault, { inChromium })
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
async function greenWithout(folder, chosen, inChromium) {
  const names = new Map();
  for (const { red, control = CONTROL, on = USUAL } of chosen.filter((fault) => fault.red)) {
    const key = JSON.stringify(on);
    names.set(key, (names.get(key) ?? new Set()).add(red).add(control));
  }
  const outcomes = new Map();
  for (const [key, those] of names) outcomes.set(key, await outcomesIn(folder, [...those], JSON.parse(key)));
  const isGreenPage = await greenPages(
    folder,
    chosen.filter(({ test }) => test),
    inChromium,
  );
  return (fault) => {
    if (fault.test) return isGreenPage(fault);
    const { red, control = CONTROL, on = USUAL } = fault;
    return [red, control].every((name) => outcomes.get(JSON.stringify(on)).get(name) === null);
  };
}

async function greenPages(folder, ofPages, inChromium) {
  const [byJourney, byTest] = [true, false].map((played) =>
    ofPages.filter(({ journey }) => Boolean(inChromium && journey) === played),
  );
  const tests = byTest.map(({ test }) => test);
  const journeys = byJourney.map(({ journey }) => journey);
  const ran = tests.length > 0 ? await runTests(folder, tests) : [];
  const results = journeys.length > 0 ? await playJourneys(folder, [CONTROL_JOURNEY, ...journeys]) : new Map();
  return ({ test, journey }) =>
    journeys.includes(journey)
      ? [journey, CONTROL_JOURNEY].every((one) => results.get(one) === null)
      : isGreenTest(ran, test);
}

function markdown(rows) {
  const cell = (text) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, 160);
  const table = rows.map(({ fault: { name, file, test, journey, on = USUAL }, seen, problem }) => {
    const where = seen && seen === journey ? "Chromium" : test ? "" : `${on.database}, ${on.sessions}`;
    return `| ${cell(name)} | ${file.split("/").slice(-2).join("/")} | ${problem ? `**${cell(problem)}**` : cell(seen)} | ${where} |`;
  });
  const seen = rows.filter(({ problem }) => !problem).length;
  const ofPages = rows.filter(({ fault }) => fault.test).length;
  return [
    `Each line is one change to the source, of a line or so, made in a copy of it; beside it what goes red by it and is green without: for ${rows.length - ofPages} of the server a scenario, while the shop still starts and answers; for ${ofPages} of the pages a journey in Chromium, while they still show, or a test of theirs. ${seen} of ${rows.length} are seen.`,
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
  const rows = await sabotage(faults, (line) => console.error(line), { inChromium: true });
  console.log(markdown(rows));
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = Number(process.argv[2]);
  const rows = await (count ? trySome(count) : tryAll());
  process.exitCode = rows.some(({ problem }) => problem) ? 1 : 0;
}
