import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, judge, mutantsOf, scoreOf } from "./report.mjs";

const source = 'export function isBig(n) {\n  if (n > 9) return true;\n  return "no";\n}\n';
const at = (line, from, to) => ({ start: { line, column: from }, end: { line, column: to } });
const mutants = mutantsOf("src/big.ts", {
  source,
  mutants: [
    { status: "Killed", location: at(2, 7, 12), replacement: "true" },
    { status: "Timeout", location: at(2, 7, 12), replacement: "false" },
    { status: "Survived", location: at(2, 7, 12), replacement: "n >= 9" },
    { status: "NoCoverage", location: at(3, 10, 14), replacement: '""' },
    { status: "RuntimeError", location: at(3, 10, 14), replacement: "nothing" },
  ],
});
const judgement = { file: "src/big.ts", line: "if (n > 9) return true;", was: "n > 9", becomes: "n >= 9" };

test("a change is named by its line, by what stood there and by what it becomes", () => {
  assert.deepEqual(mutants[2], { ...judgement, status: "Survived", at: 2, nth: 1 });
});

test("what no test reaches counts as not noticed, and what could not run not at all", () => {
  assert.deepEqual(scoreOf(mutants), { all: 4, noticed: 2, late: 1, score: 50 });
});

test("a survivor is judged once, wherever its line has moved; a new one is not", () => {
  const { survivors, outdated } = judge(mutants, [{ ...judgement, why: "nobody has nine" }]);
  assert.deepEqual(
    survivors.map(({ becomes, why }) => [becomes, why]),
    [
      ["n >= 9", "nobody has nine"],
      ['""', null],
    ],
  );
  assert.deepEqual(outdated, []);
});

test("a judgement that gives no reason is none", () => {
  const { survivors } = judge(mutants, [{ ...judgement, why: "" }]);
  assert.deepEqual(
    survivors.map(({ why }) => why),
    [null, null],
  );
});

test("of two that read the same, each is judged by itself", () => {
  const twice = ["if (n > 9) return;", "n += 1;", "if (n > 9) return;"].join("\n");
  const change = (line) => ({ status: "Survived", location: at(line, 5, 10), replacement: "n >= 9" });
  const both = mutantsOf("src/twice.ts", { source: twice, mutants: [change(3), change(1)] });
  const [first, second] = both.map(({ file, line, was, becomes, nth }) => ({ file, line, was, becomes, nth }));
  assert.deepEqual([first?.nth, second?.nth], [1, 2]);
  const { survivors } = judge(both, [{ ...second, why: "there is no way here" }]);
  assert.deepEqual(
    survivors.map(({ at, why }) => [at, why]),
    [
      [1, null],
      [3, "there is no way here"],
    ],
  );
});

test("a judgement on what is noticed now is named, save for files that were left out", () => {
  const noticed = { ...judgement, becomes: "true", why: "was missing" };
  const { outdated } = judge(mutants, [noticed, { ...noticed, file: "src/other.ts" }]);
  assert.deepEqual(outdated, [noticed]);
});

test("a table says the score of each file, and every survivor", () => {
  const page = inWords(mutants, judge(mutants, []).survivors);
  assert.match(page, /\| `src\/big.ts` \| 4 \| 2 \| 1 \| 50\.0 % \|/);
  assert.match(page, /\| `src\/big.ts:2` \| ``n > 9`` → ``n >= 9`` \| \*\*not judged yet\*\* \|/);
  assert.match(inWords(mutants.slice(0, 2), []), /Every change was noticed/);
  assert.match(inWords(mutants, [], ["cookies"]), /\*\*Could not be measured:\*\* cookies/);
});

test("nothing is no proof of anything", () => {
  assert.deepEqual(scoreOf([]), { all: 0, noticed: 0, late: 0, score: 0 });
  assert.doesNotMatch(inWords([], [], ["cookies"]), /100|Every change was noticed/);
});
