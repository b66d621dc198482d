// Runs every scenario on every pairing of database and session store, in process and against the started server, and
// the journeys that show the same in Chromium; prints the matrix in Markdown. For `pnpm prove scenarios`.
// `--quick`: one pairing in process, and no journeys.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scenarioOutcomes } from "./scenario-outcomes.mjs";
import { capture, root } from "./tools.mjs";

const DRIVERS = { "in-process": "in process", started: "started" };
const PAIRINGS = [
  ["sqlite", "embedded"],
  ["sqlite", "redis"],
  ["postgres", "embedded"],
  ["postgres", "redis"],
];
const isQuick = process.argv.includes("--quick");

const GREEN = "✓";
const RED = "**✗**";
const ABSENT = "–";

async function column(driver, [database, sessions]) {
  const startedAt = performance.now();
  const marks = await scenarioOutcomes({ database, sessions }, ["--driver", driver], { isTold: true });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const red = [...marks].filter(([, error]) => error !== null);
  console.error(`${driver}, ${database}, ${sessions}: ${marks.size} scenarios, ${red.length} red, ${seconds} s`);
  for (const [name, error] of red) console.error(`  red: ${name}: ${error}`);
  return { title: `${DRIVERS[driver]}: ${database}, ${sessions}`, driver, database, sessions, marks, seconds };
}

/** The journeys that scenarios name, by file and title: whether each passed. */
async function journeys(seen) {
  const folder = mkdtempSync(join(tmpdir(), "yumroad-reports-"));
  const files = [...new Set(seen.map((one) => one.split(" › ")[0]))];
  const args = ["exec", "playwright", "test", "--project", "redis", "--project", "bfcache", "--retries", "0", ...files];
  try {
    // The pages that they look at.
    await capture("pnpm", ["exec", "turbo", "run", "build"], { isTold: true });
    await capture("pnpm", args, { cwd: join(root, "apps/e2e"), env: { TEST_REPORT_DIR: folder }, isTold: true });
    return resultsOf(JSON.parse(readFileSync(join(folder, "e2e.json"), "utf8")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function resultsOf(report) {
  const results = new Map();
  const visit = (suite, file) => {
    for (const { title, tests } of suite.specs ?? []) {
      results.set(`${file} › ${title}`, tests.length > 0 && tests.every(({ status }) => status === "expected"));
    }
    for (const inner of suite.suites ?? []) visit(inner, file);
  };
  for (const suite of report.suites ?? []) visit(suite, suite.file.split("/").at(-1));
  return results;
}

/** What stands in a cell: what is not there was not meant to be, or is missing and so red. */
export function markOf(scenario, { marks, database, sessions }) {
  if (!scenario.run || (scenario.needs ?? []).some((need) => need !== database && need !== sessions)) return ABSENT;
  return marks.get(scenario.name) === null ? GREEN : RED;
}

export function matrixOf(themes, columns, chromium) {
  const cell = (text) => text.replaceAll("|", "\\|");
  const heads = [...columns.map((_, place) => String.fromCharCode(65 + place)), ...(chromium ? ["Chromium"] : [])];
  const rowOf = (scenario) => {
    const marks = columns.map((one) => markOf(scenario, one));
    if (chromium) marks.push(!scenario.seenIn ? ABSENT : chromium.get(scenario.seenIn) ? GREEN : RED);
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

function legend(columns) {
  return columns.map(({ title, seconds, marks }, place) => {
    const green = [...marks.values()].filter((error) => error === null).length;
    return `- **${String.fromCharCode(65 + place)}** ${title}: ${green} of ${marks.size}, in ${seconds} s`;
  });
}

if (process.argv[1] === import.meta.filename) {
  const { themes } = await import("../packages/scenarios/src/index.ts");
  const all = themes.flatMap(({ scenarios }) => scenarios);
  const columns = [];
  for (const driver of isQuick ? ["in-process"] : Object.keys(DRIVERS)) {
    for (const pairing of isQuick ? PAIRINGS.slice(0, 1) : PAIRINGS) columns.push(await column(driver, pairing));
  }
  const seen = all.flatMap(({ seenIn }) => seenIn ?? []);
  const chromium = isQuick ? null : await journeys(seen);
  const matrix = matrixOf(themes, columns, chromium);

  const overHttp = all.filter(({ run }) => run).length;
  console.log(
    [
      `${overHttp} scenarios over HTTP, each written once (\`packages/scenarios\`): against the app in process, and against the server started as in production, on each pairing of database and session store. ${seen.length} can be seen by a person, and name the journey that shows them in Chromium. ${ABSENT} is what can't be there: one that needs Redis or Postgres, or a page.`,
      "",
      ...legend(columns),
      matrix,
    ].join("\n"),
  );
  process.exitCode = matrix.includes(RED) ? 1 : 0;
}
