import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf, shareOf } from "./check-comments.mjs";
import { parseSource } from "./sources.mjs";

const doc = (text) => `/** ${text} */\nconst a = 1;\n`;
const plain = doc("The account's name. What follows is free.").repeat(19);

for (const word of ["What", "Whether", "Who", "Whoever", "Whose", "How", "Where"]) {
  test(`finds doc comments that begin with ${word}, when they are more than a few`, () => {
    const source = parseSource("apps/api/src/a.ts", plain + doc(`${word} it is.`) + doc(`${word} it was.`));
    const found = faultsOf([source]);
    assert.equal(found.length, 2);
    assert.match(found[0], new RegExp(`^apps/api/src/a\\.ts:39 begins with "${word}"`));
  });
}

test("lets a twentieth begin so", () => {
  const source = parseSource("apps/api/src/a.ts", plain + doc("What it is."));
  assert.equal(shareOf([source]), 0.05);
  assert.deepEqual(faultsOf([source]), []);
});

test("counts no other comments, and none of tests", () => {
  const others = parseSource("apps/api/src/a.ts", "// What it is.\n/* Whether it is. */\n/** However it is. */");
  const tests = ["apps/api/src/a.test.ts", "apps/api/test/a.ts"].map((path) => parseSource(path, doc("What it is.")));
  assert.equal(shareOf([others, ...tests]), 0);
});
