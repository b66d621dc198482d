// pnpm prove: measures Yumroad's claims. `pnpm prove faults deaths` measures those parts. Each part is a program that
// prints Markdown and ends with 0 when its promises held; its progress goes to stderr. Reports are written to
// test-results/proof/, and docs/proof.md from them once all parts held at one commit; `pnpm prove page` does that alone.
// Needs Chromium, and Redis and Postgres (REDIS_URL, DATABASE_URL, or the standard ports); `faults` starts its own, to
// kill them. All parts take under three hours.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { isHeld, pageOf, stateOf } from "./proof.mjs";
import { runPart } from "./run-part.mjs";
import { prepareTools, root } from "./tools.mjs";

const api = ["--filter", "@yumroad/api", "exec"];

/** `minutes` is when a part is ended; `says` is in its output once it has measured anything; `inChromium`: it needs one. */
const PARTS = {
  scenarios: { minutes: 30, inChromium: true, command: ["node", "scripts/scenario-matrix.mjs"] },
  sabotage: { minutes: 15, inChromium: true, command: ["node", "scripts/sabotage.mjs"] },
  mutation: {
    minutes: 70,
    command: ["node", "bench/mutation/run.mjs"],
    // Before it would be cut off, and so with a table of what it came to.
    env: { MUTATION_MINUTES: "66" },
  },
  deaths: {
    minutes: 15,
    command: ["pnpm", ...api, "vitest", "run", "src/sudden-death.test.ts", "--project", "sqlite", "--retry", "0"],
    env: { KILLS: "200" },
    says: /^sudden death, /m,
  },
  deliveries: {
    minutes: 15,
    command: ["pnpm", ...api, "node", "faults/deliveries.ts"],
    env: { KILLS: "200" },
    says: /^deliveries, /m,
  },
  faults: {
    minutes: 18,
    command: ["pnpm", ...api, "node", "faults/run.ts"],
    env: { SOAK_SECONDS: "600" },
    says: /^\| .*\d+ good/m,
  },
  load: {
    minutes: 17,
    command: ["pnpm", ...api, "node", "bench/run.ts"],
    says: /\| (?:yes|\*\*no\*\*) \|$/m,
  },
  peers: {
    minutes: 15,
    command: ["pnpm", ...api, "node", "bench/peers/run.ts"],
  },
};

const reports = join(root, "test-results/proof");
const WRITTEN = ["docs/proof.md", "docs/performance.md"];

/** The commit that is measured; changes that the run itself writes make no difference. */
function commitOfSource() {
  const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
  const commit = git("rev-parse", "--short", "HEAD") || "no commit";
  const changed = git("status", "--porcelain", "--", ".", ...WRITTEN.map((file) => `:(exclude)${file}`));
  return `${commit}${changed && " with uncommitted changes"}`;
}

/** Why there is no browser to look at pages with; "" when there is one. */
function missingChromium() {
  const look = 'import { findChromium } from "./apps/e2e/support/chromium.ts"; findChromium();';
  const options = { cwd: root, env: tools, encoding: "utf8" };
  const { status, stderr } = spawnSync("node", ["--input-type=module", "--eval", look], options);
  return status === 0 ? "" : (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr);
}

/** Writes the page from the reports that are there, or says why it stays as it is. */
function writePage() {
  const found = Object.keys(PARTS).map((name) => [name, join(reports, `${name}.md`)]);
  const there = found.filter(([, file]) => existsSync(file)).map(([name, file]) => [name, readFileSync(file, "utf8")]);
  try {
    writeFileSync(join(root, "docs/proof.md"), pageOf(new Map(there)));
    console.error("── docs/proof.md is written");
  } catch (error) {
    console.error(`── docs/proof.md stays as it is: ${error.message}`);
  }
}

const words = process.argv.slice(2);
const asked = words.length > 0 ? words.filter((word) => word !== "page") : Object.keys(PARTS);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(", ")}": use ${Object.keys(PARTS).join(", ")}, page`);
  process.exit(1);
}

const tools = prepareTools((text) => console.log(text));
// Now, and not after an hour of work.
const missing = asked.some((name) => PARTS[name].inChromium) ? missingChromium() : "";
if (missing) {
  console.error(missing);
  process.exit(1);
}
mkdirSync(reports, { recursive: true });
const commit = commitOfSource();
const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`;
for (const name of asked) {
  const part = PARTS[name];
  console.error(`── ${name}`);
  const startedAt = performance.now();
  const run = await runPart({
    command: part.command,
    env: { ...tools, REQUIRE_SERVICES: "1", ...part.env },
    patienceMs: part.minutes * 60_000,
  });
  if (run.isInterrupted) process.exit(1);
  const minutes = (performance.now() - startedAt) / 60_000;
  const isGood = isHeld(run, part);
  const state = stateOf({ date: new Date().toISOString().slice(0, 10), commit, machine, minutes, isGood });
  const complaint = isGood ? "" : `\n${run.complained}`;
  writeFileSync(join(reports, `${name}.md`), `${state}\n\n${run.printed}${complaint}`);
  const end = run.isCutOff ? "cut off before its end" : (run.signal ?? `status ${run.status}`);
  console.error(`── ${name}: ${minutes.toFixed(1)} minutes${isGood ? "" : `, not all of it held (${end})`}`);
  if (!isGood) process.exitCode = 1;
}
writePage();
