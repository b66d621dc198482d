// Puts one fault after the other into a copy of the source, and looks whether the scenario or journey that should see it
// goes red. Prints a table in Markdown, and what it does to stderr. For `pnpm prove sabotage`: needs Redis, Postgres and
// Chromium. Ends with 1 when a fault goes unseen, or breaks so much that what sees it proves nothing.
import {
  cpSync,
  existsSync,
  globSync,
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
import { stripVTControlCharacters } from "node:util";
import { faults } from "./sabotage-faults.mjs";
import { CONTROL_JOURNEY, playJourneys } from "./sabotage-pages.mjs";
import { scenarioOutcomes } from "./scenario-outcomes.mjs";
import { root } from "./tools.mjs";

/** Whatever a fault does, the shop still starts and answers: otherwise red would say nothing of the fault. */
const CONTROL = "every answer has the headers that keep a browser on our side";
/** Most faults leave this alone as well. One that does not breaks more than its scenario shows, which is said. */
const SIGN_UP = "a sign-up makes an account with a store, and logs in";
const USUAL = { database: "sqlite", sessions: "embedded" };
const PATIENCE_MS = 180_000;

const SOURCES = "{apps/api,apps/web,packages/contract}/src/**/*.{ts,tsx}";
const DECLARATION = /^(?=(?:export )?(?:async )?(?:function|const|class) )/m;

/** The product's sources, each with its path. */
export function readSources() {
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file));
  return files.map((file) => ({ file, source: readFileSync(join(root, file), "utf8") }));
}

/**
 * The file that a fault is made in, as it is and with the fault: found by the name of what `find` stands in. Throws
 * unless there is one such place.
 */
export function withFault(sources, { name, at, find, replace }) {
  const isNamed = new RegExp(`^(?:export )?(?:async )?(?:function|const|class) ${at}\\b`);
  const places = sources.flatMap(({ file, source }) => {
    const parts = source.split(DECLARATION);
    return parts.flatMap((part, place) => {
      const pieces = isNamed.test(part) ? part.split(find) : [];
      return Array.from({ length: pieces.length - 1 }, () => {
        const faulty = parts.with(place, pieces.join(replace)).join("");
        return { file, source, faulty };
      });
    });
  });
  if (places.length !== 1) throw new Error(`“${name}”: what it replaces is there ${places.length} times, not once`);
  return places[0];
}

/** A copy of the workspace's sources, with the packages that are installed here and with our own of the copy. */
function copyOfSources() {
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

/** What a fault in the copy does: `{ seen, said }` with what went red and what it said, or `{ problem }`. */
async function tryFault(folder, fault, { file, source, faulty }) {
  writeFileSync(join(folder, file), faulty);
  try {
    return await (fault.journey ? seenByJourney(folder, fault) : seenByScenarios(folder, fault));
  } finally {
    writeFileSync(join(folder, file), source);
  }
}

async function seenByScenarios(folder, { red, control = CONTROL, on = USUAL }) {
  const outcomes = await outcomesIn(folder, [control, SIGN_UP, red], on);
  const verdict = verdictOf(outcomes, { red, control });
  if (!verdict.isUnseen) return verdict;
  // For whoever mends the list: is there another one that should be named for it?
  const [other] = [...(await outcomesIn(folder, [], on))].filter(([, error]) => error !== null);
  return { problem: other ? `the scenario named for it stays green, “${other[0]}” does not` : "no scenario sees it" };
}

/** What the outcomes of the scenario that should go red, and of those that should not, say of a fault. */
export function verdictOf(outcomes, { red, control = CONTROL }) {
  if (outcomes.get(control) !== null) return { problem: `the shop does not work at all: ${outcomes.get(control)}` };
  const said = outcomes.get(red);
  if (said === undefined) return { problem: "the scenario did not run" };
  if (said === null) return { isUnseen: true, problem: "the scenario named for it stays green" };
  return { seen: red, said, ...(outcomes.get(SIGN_UP) !== null && { breaksSignUp: true }) };
}

async function seenByJourney(folder, { journey }) {
  const results = await playJourneys(folder, [CONTROL_JOURNEY, journey]);
  if (results.get(CONTROL_JOURNEY) !== null) return { problem: "the pages do not work at all" };
  if (!results.has(journey)) return { problem: "the journey did not run" };
  const said = results.get(journey);
  return said === null ? { problem: "the journey stays green" } : { seen: journey, said };
}

/** Tries all faults one after the other, tells of each, and gives a row for each: what saw it, and what that said. */
async function sabotage(say) {
  const { folder, remove } = copyOfSources();
  try {
    const sources = readSources();
    const isGreen = await greenWithout(folder);
    const rows = [];
    for (const fault of faults) {
      const place = withFault(sources, fault);
      const result = isGreen(fault)
        ? await tryFault(folder, fault, place)
        : { problem: "what should see it is red or missing without any fault" };
      say(
        `${fault.name} → ${result.problem ? `NOT SEEN: ${result.problem}` : `${result.seen}: ${whatItSays(result)}`}`,
      );
      rows.push({ fault: { ...fault, file: place.file }, ...result });
    }
    return rows;
  } finally {
    remove();
  }
}

/** Of each fault whether what should see it is green while it is not there, wherever that is needed. */
async function greenWithout(folder) {
  const names = new Map();
  for (const { red, control = CONTROL, on = USUAL } of faults.filter((fault) => fault.red)) {
    const key = JSON.stringify(on);
    names.set(key, (names.get(key) ?? new Set([SIGN_UP])).add(red).add(control));
  }
  const outcomes = new Map();
  for (const [key, those] of names) outcomes.set(key, await outcomesIn(folder, [...those], JSON.parse(key)));
  const played = await playJourneys(folder, [CONTROL_JOURNEY, ...faults.flatMap(({ journey }) => journey ?? [])]);
  return ({ red, journey, control = CONTROL, on = USUAL }) => {
    if (journey) return [journey, CONTROL_JOURNEY].every((one) => played.get(one) === null);
    return [red, control, SIGN_UP].every((name) => outcomes.get(JSON.stringify(on)).get(name) === null);
  };
}

/** What a comparison begins with, which says nothing of its own. */
const HEADINGS = [/^Expected .* (equal|deep-equal):$/, /^\+ actual - expected/];
/** Ids and tokens, which tell a reader nothing and stand in no document. */
const SECRET = /[\w%.-]{40,}/g;
const MOST_SAID = 120;

/** The line of an error that says most, without colours. Of two values that differ, where they do. */
export function gistOf(said) {
  const lines = stripVTControlCharacters(said)
    .split("\n")
    .map((line) => line.trim());
  const telling = lines.filter((line) => line && !HEADINGS.some((heading) => heading.test(line)));
  const differing = telling.filter((line) => /^[+-] /.test(line));
  const isComparison = HEADINGS.some((heading) => heading.test(lines[0])) && differing.length > 0;
  // Playwright names the comparison first, and the values in lines of their own.
  const values = telling.slice(1).filter((line) => /^(Locator|Expected|Received)\b.*: /.test(line));
  const [first = "", second = ""] = telling;
  const gist = isComparison ? differing : [first, ...(first.endsWith(":") ? [second] : []), ...values];
  return shortened(gist.join(" ").replace(/\s+/g, " ").replace(SECRET, "…"), MOST_SAID);
}

function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** What went red by a fault says, and whether the sign-up went with it. */
function whatItSays({ said, breaksSignUp }) {
  return gistOf(said) + (breaksSignUp ? " (so does the sign-up)" : "");
}

export function markdown(rows) {
  const cell = (text) => shortened(text.replace(/\s+/g, " "), 160).replaceAll("|", "\\|");
  const table = rows.map(({ fault: { name, file, journey, on = USUAL }, seen, problem, ...told }) => {
    const where = journey ? "Chromium" : `${on.database}, ${on.sessions}`;
    return `| ${cell(name)} | ${file.split("/").slice(-2).join("/")} | ${problem ? `**${cell(problem)}**` : cell(seen)} | ${problem ? "" : cell(whatItSays(told))} | ${where} |`;
  });
  const seen = rows.filter(({ problem }) => !problem).length;
  const ofPages = rows.filter(({ fault }) => fault.journey).length;
  return [
    `Each line is one change to the source, of a line or so, made in a copy of it; beside it what goes red by it and is green without: for ${rows.length - ofPages} of the server a scenario, while the shop still starts and answers; for ${ofPages} of the pages a journey in Chromium, while they still show. In what it says, + is what came and - what should have come; “so does the sign-up” means that a plain sign-up goes red by it as well. ${seen} of ${rows.length} are seen.`,
    "",
    "| Fault | In | Seen by | What it says | On |",
    "| --- | --- | --- | --- | --- |",
    ...table,
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await sabotage((line) => console.error(line));
  console.log(markdown(rows));
  process.exitCode = rows.some(({ problem }) => problem) ? 1 : 0;
}
