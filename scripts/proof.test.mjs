import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionsOf, withSection } from "./proof.mjs";

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
