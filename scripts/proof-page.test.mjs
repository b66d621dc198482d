import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sectionsOf } from "./proof.mjs";
import { root } from "./tools.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const proof = new Map(sectionsOf(read("docs/proof.md")));

test("the proof has all its parts, measured on one committed state", () => {
  assert.deepEqual([...proof.keys()], ["scenarios", "sabotage", "mutation", "deaths", "faults", "load", "peers"]);
  const states = [...proof.values()].map((section) => /^Measured on [\d-]+ at (\w+), with /m.exec(section)?.[1]);
  for (const state of states) assert.match(state ?? "", /^[0-9a-f]{7,}$/);
  assert.equal(new Set(states).size, 1);
});

test("each part of the proof was measured whole, and held", () => {
  for (const [part, section] of proof) {
    const lacking =
      section.match(/Not all of it held|It broke off|It was cut off|not judged yet|\| \*\*no\*\* \|$/gm) ?? [];
    assert.deepEqual(lacking, [], `${part} did not hold`);
  }
});

/** What a table of targets has measured in the row that begins so. */
const measuredIn = (start) => new RegExp(`^\\| ${start}[^|]*\\| [^|]*\\| ([\\d.]+(?: MiB)?)`, "m");

/** What stands out in the README, in its order: in which part of the proof it stands, and where. */
const FIGURES = [
  ["scenarios", /^(\d+ scenarios over HTTP)/m],
  ["scenarios", /(\d+ scenarios can be seen by a person)/],
  ["sabotage", /(\d+ of \d+) are seen/],
  ["mutation", /^\| \*\*All\*\* .* ([\d.]+ %) \|$/m],
  ["deaths", /^- SQLite, embedded: (\d+ kills)/m],
  ["deaths", /^- Postgres, Redis: (\d+) kills/m],
  ["deaths", /^After it all: (.+)\.$/m],
  ["peers", measuredIn("session checks of Yumroad, .* better-auth")],
  ["peers", measuredIn("session checks of Yumroad, .* express-session")],
  ["peers", /^\| express-session with connect-redis, `disableTouch` \| Redis \| [^|]*\| ([\d.]+) \|/m],
  ["load", measuredIn("`GET /api/auth/session`")],
  ["load", measuredIn("requests for each second of processor time with two processes")],
  ["load", /flat out on one core ([\d.]+) \|/],
  ["load", measuredIn("memory after 100 sign-ups and log-ins")],
];

test("the README quotes each figure that stands out from where the proof has it, and no other", () => {
  const [, measured = ""] = /^## Measured$(.*?)^## /ms.exec(read("README.md")) ?? [];
  const quoted = [...measured.matchAll(/\*\*(.+?)\*\*/g)].map(([, figure]) => figure);
  assert.deepEqual(
    quoted,
    FIGURES.map(([part, figure]) => figure.exec(proof.get(part))?.[1]),
  );
});
