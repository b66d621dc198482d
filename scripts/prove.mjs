// pnpm prove: measures what Yumroad claims, and writes docs/proof.md. `pnpm prove faults deaths` measures those parts.
// Each part is a program that prints Markdown and ends with 0 when its promises held; what it says on the way goes to
// stderr. Needs Chromium, and Redis and Postgres (REDIS_URL, DATABASE_URL, or the standard ports); `faults` starts its own,
// to kill them. All parts take under three hours.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { bodyOf, deathsInWords, isHeld, withSection } from "./proof.mjs";
import { runPart } from "./run-part.mjs";
import { prepareTools, root } from "./tools.mjs";

const api = ["--filter", "@yumroad/api", "exec"];

/**
 * In the order of the page. `minutes` is when a part is ended, whatever it does; `says` is in what it prints when it has
 * measured anything; `markdown` makes what it prints so; `inChromium` says that pages are looked at.
 */
const PARTS = {
  scenarios: { title: "Scenarios", minutes: 30, inChromium: true, command: ["node", "scripts/scenario-matrix.mjs"] },
  sabotage: { title: "Sabotage", minutes: 15, inChromium: true, command: ["node", "scripts/sabotage.mjs"] },
  mutation: {
    title: "Mutation",
    minutes: 70,
    command: ["node", "bench/mutation/run.mjs"],
    // Before it would be cut off, and so with a table of what it came to.
    env: { MUTATION_MINUTES: "66" },
  },
  deaths: {
    title: "Sudden death",
    minutes: 15,
    command: ["pnpm", ...api, "vitest", "run", "src/sudden-death.test.ts", "--project", "sqlite", "--retry", "0"],
    env: { KILLS: "200" },
    says: /^sudden death, /m,
    markdown: deathsInWords,
  },
  faults: {
    title: "Failing parts",
    minutes: 18,
    command: ["pnpm", ...api, "node", "faults/run.ts"],
    env: { SOAK_SECONDS: "600" },
    says: /^\| .*\d+ good/m,
  },
  load: {
    title: "Load",
    minutes: 17,
    command: ["pnpm", ...api, "node", "bench/run.ts"],
    says: /\| (?:yes|\*\*no\*\*) \|$/m,
  },
  peers: {
    title: "Peers, side by side",
    minutes: 15,
    command: ["pnpm", ...api, "node", "bench/peers/run.ts"],
  },
};

const WRITTEN = ["docs/proof.md", "docs/performance.md"];

/** Which state of the source is measured; what the run itself writes makes no difference. */
function stateOfSource() {
  const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout?.trim() ?? "";
  const commit = git("rev-parse", "--short", "HEAD");
  const changed = git("status", "--porcelain", "--", ".", ...WRITTEN.map((file) => `:(exclude)${file}`));
  return commit && ` at ${commit}${changed && " with uncommitted changes"}`;
}

/** Why there is no browser to look at pages with; "" when there is one. */
function missingChromium() {
  const look = 'import { findChromium } from "./apps/e2e/support/chromium.ts"; findChromium();';
  const options = { cwd: root, env: tools, encoding: "utf8" };
  const { status, stderr } = spawnSync("node", ["--input-type=module", "--eval", look], options);
  return status === 0 ? "" : (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr);
}

const words = process.argv.slice(2);
const asked = words.length > 0 ? words : Object.keys(PARTS);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(", ")}": use ${Object.keys(PARTS).join(", ")}`);
  process.exit(1);
}

const page = join(root, "docs/proof.md");
const tools = prepareTools((text) => console.log(text));
// Now, and not after an hour of work.
const missing = asked.some((name) => PARTS[name].inChromium) ? missingChromium() : "";
if (missing) {
  console.error(missing);
  process.exit(1);
}
const source = stateOfSource();
const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`;
const failed = [];
for (const name of asked) {
  const part = PARTS[name];
  console.error(`── ${name}`);
  const startedAt = performance.now();
  const run = await runPart({
    command: part.command,
    env: { ...tools, REQUIRE_SERVICES: "1", ...part.env },
    patienceMs: part.minutes * 60_000,
  });
  // Nobody wants a section that says no more than that they ended it.
  if (run.isInterrupted) process.exit(1);
  const minutes = (performance.now() - startedAt) / 60_000;
  const isGood = isHeld(run, part);
  const told = `Measured on ${new Date().toISOString().slice(0, 10)}${source}, with ${machine}, in ${minutes.toFixed(1)} minutes.${isGood ? "" : " **Not all of it held.**"}`;
  if (!isGood) failed.push(name);
  const before = existsSync(page) ? readFileSync(page, "utf8") : "";
  const section = { name, title: part.title, told, markdown: bodyOf(run, part) };
  writeFileSync(page, withSection(before, Object.keys(PARTS), section));
  console.error(`── ${name}: ${minutes.toFixed(1)} minutes${isGood ? "" : ", not all of it held"}`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
