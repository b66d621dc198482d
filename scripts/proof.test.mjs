import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, deathsInWords, isHeld, sectionsOf, withSection } from "./proof.mjs";

const names = ["scenarios", "faults", "load"];
const section = (name, markdown) => ({ name, title: `The ${name}`, told: "Measured today.", markdown });

test("sections stand in the order of their names, whenever they were measured", () => {
  let page = "";
  for (const name of ["load", "scenarios"]) page = withSection(page, names, section(name, `of ${name}\n`));
  assert.deepEqual(sectionsOf(page), [
    ["scenarios", "## The scenarios\n\nMeasured today.\n\nof scenarios"],
    ["load", "## The load\n\nMeasured today.\n\nof load"],
  ]);
});

test("a section that is measured again replaces itself alone", () => {
  let page = withSection("", names, section("load", "first"));
  page = withSection(page, names, section("faults", "none"));
  page = withSection(page, names, section("load", "second"));
  assert.match(page, /none/);
  assert.match(page, /second/);
  assert.doesNotMatch(page, /first/);
  assert.equal(page.match(/## The load/g).length, 1);
});

test("the section of a part that is no more goes", () => {
  const page = withSection(withSection("", ["gone"], section("gone", "x")), names, section("load", "y"));
  assert.deepEqual(
    sectionsOf(page).map(([name]) => name),
    ["load"],
  );
});

const ended = (more) => ({
  status: 0,
  signal: null,
  isCutOff: false,
  isInterrupted: false,
  printed: "",
  complained: "",
  ...more,
});
const part = { minutes: 20 };
const crash =
  "file.ts:1\nthrow new Error()\n\nTypeError: x is not a function\n    at file.ts:1\n\nNode.js v24.21.0\nError: ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL\n";

test("a part that came to its end shows what it printed, and holds when it says so", () => {
  const run = ended({ printed: "| a |\n" });
  assert.equal(bodyOf(run, part), "| a |");
  assert.equal(isHeld(run, part), true);
  assert.equal(bodyOf({ ...run, status: 1 }, part), "| a |");
  assert.equal(isHeld({ ...run, status: 1 }, part), false);
});

test("one that was cut off says so, whatever it ended with, and never holds", () => {
  const run = ended({ isCutOff: true });
  assert.match(bodyOf(run, part), /cut off after 20 minutes.*measured nothing yet/);
  assert.match(bodyOf({ ...run, printed: "| a |" }, part), /cut off after 20 minutes.*Below.*\n\n\| a \|$/);
  assert.equal(isHeld({ ...run, printed: "| a |" }, part), false);
});

test("one that broke off says how, with its last words", () => {
  assert.match(
    bodyOf(ended({ status: 7, complained: crash }), part),
    /broke off.*status 7.*TypeError: x is not a func/,
  );
  assert.match(bodyOf(ended({ status: null, signal: "SIGSEGV" }), part), /broke off.*SIGSEGV/);
});

test("one that printed nothing is no proof, even when it ended well", () => {
  assert.equal(isHeld(ended(), part), false);
  assert.match(bodyOf(ended(), part), /without having measured anything/);
  const loud = { ...part, says: /^sudden death, /m, markdown: deathsInWords };
  assert.equal(isHeld(ended({ printed: "1 skipped\n" }), loud), false);
  assert.doesNotMatch(bodyOf(ended({ printed: "1 skipped\n" }), loud), /acknowledged/);
  assert.match(bodyOf(ended({ status: 1, complained: crash }), part), /last words.*TypeError/);
});

test("sudden death is promised only when it held, and otherwise said with the assertion's words", () => {
  const printed = "x\nsudden death, SQLite: 100 kills\n";
  const good = deathsInWords(ended({ printed }), true);
  assert.match(good, /After it all: no acknowledged write is missing/);
  assert.match(good, /^- SQLite: 100 kills$/m);
  const complained = " FAIL  src/x.test.ts\nAssertionError: expected { lost: [ 'a' ] } to deeply equal\n";
  const bad = deathsInWords(ended({ printed, complained, status: 1 }), false);
  assert.match(bad, /did not hold/);
  assert.doesNotMatch(bad, /After it all:/);
  assert.match(bad, /AssertionError: expected \{ lost/);
});
