// Runs every scenario on every pairing of database and session store, in process and against the started server, and the
// journeys that show the same in Chromium. Prints the matrix in Markdown, for `pnpm prove scenarios`.
// `--quick`: one pairing in process, and no journeys.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { scenarioOutcomes } from "./scenario-outcomes.mjs";
import { capture, root } from "./tools.mjs";

const DRIVERS = { "in-process": "in process", started: "started" };
const PAIRINGS = [
  ["sqlite", "embedded"],
  ["sqlite", "redis"],
  ["postgres", "embedded"],
  ["postgres", "redis"],
];
/** Time after which Playwright stops and reports the journeys so far. */
const JOURNEYS_MS = "960000";
const isQuick = process.argv.includes("--quick");

const GREEN = "✓";
const RED = "**✗**";
const ABSENT = "–";
const UNKNOWN = "?";

async function column(driver, [database, sessions]) {
  const startedAt = performance.now();
  const marks = await scenarioOutcomes({ database, sessions }, ["--driver", driver], { isTold: true });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const red = [...marks].filter(([, error]) => error !== null);
  console.error(`${driver}, ${database}, ${sessions}: ${marks.size} scenarios, ${red.length} red, ${seconds} s`);
  for (const [name, error] of red) console.error(`  red: ${name}: ${error}`);
  return { title: `${DRIVERS[driver]}: ${database}, ${sessions}`, driver, database, sessions, marks, seconds };
}

/**
 * The results of the journeys that scenarios name, by file and title: null for green, otherwise the error. If they
 * could not run, the result is `problem`, and the other columns stand without them.
 */
async function journeys(seen) {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-reports-"));
  const files = [...new Set(seen.map((one) => one.split(" › ")[0]))];
  const projects = ["--project", "redis", "--project", "bfcache"];
  const args = ["exec", "playwright", "test", ...projects, "--retries", "0", "--global-timeout", JOURNEYS_MS, ...files];
  const startedAt = performance.now();
  try {
    const env = { TEST_REPORT_DIR: folder };
    const played = await capture("pnpm", args, { cwd: join(root, "apps/e2e"), env, isTold: true });
    const report = join(folder, "e2e.json");
    if (!existsSync(report)) return notSeen(`Playwright ended with ${played.status} and left no report`, played);
    const results = resultsOf(JSON.parse(readFileSync(report, "utf8")));
    for (const name of new Set(seen))
      if (results.get(name) !== null) console.error(`  red: ${name}: ${results.get(name) ?? "it did not run"}`);
    return { results, seconds: Math.round((performance.now() - startedAt) / 1000) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function notSeen(problem, { printed }) {
  console.error(`${printed.slice(-4000)}\nChromium: ${problem}`);
  return { problem };
}

/**
 * The results in a Playwright report, by file and title: null if the journey passed at the first attempt, otherwise the
 * reason.
 */
export function resultsOf(report) {
  const results = new Map();
  for (const { name, tests } of journeysIn(report)) {
    const bad = tests.find(({ status }) => status !== "expected");
    const why = tests.length === 0 ? "it did not run" : bad && (errorOf(bad) ?? bad.status);
    results.set(name, why ? stripVTControlCharacters(why).split("\n")[0] : null);
  }
  return results;
}

/** The journeys in a Playwright report, by file and title, with their results. */
export function journeysIn(report) {
  const visit = (suite, file) => [
    ...(suite.specs ?? []).map(({ title, tests }) => ({ name: `${file} › ${title}`, tests })),
    ...(suite.suites ?? []).flatMap((inner) => visit(inner, file)),
  ];
  return (report.suites ?? []).flatMap((suite) => visit(suite, suite.file.split("/").at(-1)));
}

/** The first error of a failed journey. */
export function errorOf({ results = [] }) {
  return results.flatMap(({ errors = [] }) => errors)[0]?.message;
}

/** The mark of a cell. A missing outcome is either intended, or red. */
export function markOf(scenario, { marks, database, sessions }) {
  // Pages are always required.
  const there = ["pages", database, sessions];
  if (!scenario.run || (scenario.needs ?? []).some((need) => !there.includes(need))) return ABSENT;
  return marks.get(scenario.name) === null ? GREEN : RED;
}

/** The mark of a journey in Chromium. */
function journeyMarkOf({ seenIn }, { results }) {
  if (!seenIn) return ABSENT;
  if (!results) return UNKNOWN;
  return results.get(seenIn) === null ? GREEN : RED;
}

/** @param chromium the result of `journeys`; null leaves the column out */
export function matrixOf(themes, columns, chromium) {
  const cell = (text) => text.replaceAll("|", "\\|");
  const heads = [...columns.map((_, place) => String.fromCharCode(65 + place)), ...(chromium ? ["Chromium"] : [])];
  const rowOf = (scenario) => {
    const marks = columns.map((one) => markOf(scenario, one));
    if (chromium) marks.push(journeyMarkOf(scenario, chromium));
    return `| ${cell(scenario.name)} | ${scenario.rows.join(", ")} | ${marks.join(" | ")} |`;
  };
  const tables = themes.flatMap(({ title, scenarios }) => [
    "",
    `| ${title} | Rows | ${heads.join(" | ")} |`,
    `| --- | --- | ${heads.map(() => "---").join(" | ")} |`,
    ...scenarios.map(rowOf),
  ]);
  return tables.join("\n");
}

/** Counts only the scenarios that should have run: an aborted run has fewer marks. */
function legend(columns, scenarios) {
  return columns.map((one, place) => {
    const due = scenarios.map((scenario) => markOf(scenario, one)).filter((mark) => mark !== ABSENT);
    const green = due.filter((mark) => mark === GREEN).length;
    return `- **${String.fromCharCode(65 + place)}** ${one.title}: ${green} of ${due.length}, in ${one.seconds} s`;
  });
}

/** The legend of the Chromium column. `seen` names a journey for each scenario that has one; some share theirs. */
export function chromiumLegend(seen, { results, seconds, problem }) {
  if (!results) return `- **Chromium** was not measured: ${problem}`;
  const named = [...new Set(seen)];
  const green = named.filter((name) => results.get(name) === null).length;
  return `- **Chromium** the journeys, built pages and started server on sqlite, redis: ${green} of ${named.length}, in ${seconds} s`;
}

/**
 * The whole report in Markdown. If the run was stopped, it has the finished columns; "" if there are none.
 * @param chromium what `journeys` gives; null leaves the column out
 */
export function reportOf(themes, columns, chromium, { isStopped = false } = {}) {
  if (columns.length === 0) return "";
  const all = themes.flatMap(({ scenarios }) => scenarios);
  const overHttp = all.filter(({ run }) => run);
  const choosy = overHttp.filter(({ needs = [] }) => needs.some((need) => need !== "pages"));
  const seen = all.flatMap(({ seenIn }) => seenIn ?? []);
  const both = overHttp.filter(({ seenIn }) => seenIn);
  return [
    `${overHttp.length} scenarios over HTTP, each written once (\`packages/scenarios\`): against the app in process, and against the server started as in production, on four pairings of database and session store. ${overHttp.length - choosy.length} of them run on each pairing; ${choosy.length} are about Redis or Postgres, and run where there is one. ${seen.length} scenarios can be seen by a person, and name the journey that shows them in Chromium: ${both.length} of these run over HTTP too, ${seen.length - both.length} are of pages alone. ${ABSENT} is what can't be there: one that needs Redis or Postgres, or a page.`,
    ...(isStopped
      ? ["", "**It was told to stop before it was done**: a pairing that is not here was not measured."]
      : []),
    "",
    ...legend(columns, all),
    ...(chromium ? [chromiumLegend(seen, chromium)] : []),
    matrixOf(themes, columns, chromium),
  ].join("\n");
}

/** Measures everything. When it is told to stop, it prints the results so far, because slow machines are cut off. */
async function measure() {
  const { themes } = await import("../packages/scenarios/src/index.ts");
  const columns = [];
  let chromium = isQuick ? null : { problem: "it was told to stop before that" };
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      process.stdout.write(reportOf(themes, columns, chromium, { isStopped: true }));
      process.exit(2);
    });
  }

  // Users and scenarios both see the built pages; a started server has no others.
  const built = await capture("pnpm", ["exec", "turbo", "run", "build"], { isTold: true });
  for (const driver of isQuick ? ["in-process"] : Object.keys(DRIVERS)) {
    for (const pairing of isQuick ? PAIRINGS.slice(0, 1) : PAIRINGS) columns.push(await column(driver, pairing));
  }
  if (built.status !== 0) chromium &&= notSeen(`the build ended with ${built.status}`, built);
  else chromium &&= await journeys(themes.flatMap(({ scenarios }) => scenarios).flatMap(({ seenIn }) => seenIn ?? []));
  return { report: reportOf(themes, columns, chromium), hasProblem: Boolean(chromium?.problem) };
}

if (process.argv[1] === import.meta.filename) {
  const { report, hasProblem } = await measure();
  console.log(report);
  process.exitCode = report.includes(RED) || hasProblem ? 1 : 0;
}
