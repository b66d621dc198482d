// pnpm prove: measures what Yumroad claims, and writes docs/proof.md. `pnpm prove faults deaths` measures those parts.
// Each part is a program that prints Markdown and ends with 0 when its promises held; what it says on the way goes to
// stderr. Needs Redis and Postgres (REDIS_URL, DATABASE_URL, or the standard ports). All parts take under three hours.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { withSection } from "./proof.mjs";
import { prepareTools, root } from "./tools.mjs";

const api = ["--filter", "@yumroad/api", "exec"];

/** In the order of the page. `minutes` is when a part is ended, whatever it does; `markdown` makes what it prints so. */
const PARTS = {
  scenarios: { title: "Scenarios", minutes: 30, command: ["node", "scripts/scenario-matrix.mjs"] },
  sabotage: { title: "Sabotage", minutes: 20, command: ["node", "scripts/sabotage.mjs"] },
  mutation: {
    title: "Mutation",
    minutes: 45,
    command: ["node", "bench/mutation/run.mjs"],
  },
  deaths: {
    title: "Sudden death",
    minutes: 20,
    command: ["pnpm", ...api, "vitest", "run", "src/sudden-death.test.ts", "--project", "sqlite", "--retry", "0"],
    env: { KILLS: "200" },
    markdown: deathsInWords,
  },
  faults: {
    title: "Failing parts",
    minutes: 20,
    command: ["pnpm", ...api, "node", "faults/run.ts"],
    env: { SOAK_SECONDS: "600" },
  },
  load: {
    title: "Load",
    minutes: 25,
    command: ["pnpm", ...api, "node", "bench/run.ts"],
    markdown: () => tableOf(readFileSync(join(root, "docs/performance.md"), "utf8")),
  },
  peers: {
    title: "Peers, side by side",
    minutes: 15,
    command: ["pnpm", ...api, "node", "bench/peers/run.ts"],
  },
};

function deathsInWords(printed) {
  const lines = printed.match(/^sudden death, .*$/gm) ?? [];
  const promise =
    "The process of production is killed (`SIGKILL`) at random moments while people list and rename products, log in and out, and look who they are; and started again. After it all: no acknowledged write is missing, each session is its own person's, no session that was logged out lives, and nobody was logged out.";
  return [promise, "", ...lines.map((line) => `- ${line.replace("sudden death, ", "")}`)].join("\n");
}

function tableOf(page) {
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  return [...rows, "", "How each is measured: [performance.md](performance.md)."].join("\n");
}

/** What a part printed, and whether it ended well. */
function measure({ command: [name, ...args], env, minutes }) {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd: root,
      env: { ...tools, REQUIRE_SERVICES: "1", ...env },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    // With all that it started.
    const patience = setTimeout(() => process.kill(-child.pid, "SIGKILL"), minutes * 60_000);
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(patience);
      resolve({ printed, isGood: status === 0 });
    });
  });
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(", ")}": use ${Object.keys(PARTS).join(", ")}`);
  process.exit(1);
}

const page = join(root, "docs/proof.md");
const tools = prepareTools((text) => console.log(text));
const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const part = PARTS[name];
  console.error(`── ${name}`);
  const startedAt = performance.now();
  const { printed, isGood } = await measure(part);
  const minutes = (performance.now() - startedAt) / 60_000;
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).stdout.trim();
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`;
  const told = `Measured on ${new Date().toISOString().slice(0, 10)}${commit && ` at ${commit}`}, with ${machine}, in ${minutes.toFixed(1)} minutes.${isGood ? "" : " **Not all of it held.**"}`;
  if (!isGood) failed.push(name);
  const markdown = part.markdown ? part.markdown(printed) : printed;
  const before = existsSync(page) ? readFileSync(page, "utf8") : "";
  writeFileSync(page, withSection(before, Object.keys(PARTS), { name, title: part.title, told, markdown }));
  console.error(`── ${name}: ${minutes.toFixed(1)} minutes${isGood ? "" : ", not all of it held"}`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
