import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSource, readSources } from "./sources.mjs";

const imports = (text) => parseSource("apps/api/src/a/b.ts", text).imports;

for (const [kind, text] of [
  ["an import", 'import { c } from "../c.ts";'],
  ["an import of a type", 'import type { C } from "../c.ts";'],
  ["an import for its effect", 'import "../c.ts";'],
  ["a dynamic import", 'const c = async () => (await import("../c.ts")).c;'],
  ["a type's import", 'export type C = import("../c.ts").C;'],
  ["a re-export", 'export { c } from "../c.ts";'],
  ["a re-export of a type", 'export type { C } from "../c.ts";'],
  ["a re-export of all", 'export * from "../c.ts";'],
]) {
  test(`sees ${kind}`, () => assert.deepEqual(imports(text), ["apps/api/src/c.ts"]));
}

test("leaves out imports that are none: in a comment, in a text", () => {
  assert.deepEqual(imports('// import "../c.ts";\nconst a = `\nimport "../c.ts";\n`;'), []);
});

test("finds packages of the workspace, and leaves out others", () => {
  assert.deepEqual(imports('import "@yumroad/contract";\nimport "@yumroad/web";\nimport "zod";'), [
    "packages/contract/src/index.ts",
    "apps/web/",
  ]);
});

test("reads texts, doc comments and exports with their places", () => {
  const b = `\`\${a} and \${a}\``;
  const text = `const a = "one";\n/**\n * Two\n * lines.\n */\nexport const b = ${b}; // no doc\n/* nor this */`;
  const { texts, docs, exports } = parseSource("a.ts", text);
  const plain = (found) => found.map(({ text, place }) => [text, place]);
  assert.deepEqual(plain(texts), [
    ["one", "a.ts:1"],
    ["? and ?", "a.ts:6"],
  ]);
  assert.deepEqual(plain(docs), [["Two\nlines.", "a.ts:2"]]);
  assert.deepEqual(exports, ["b"]);
});

test("refuses a file that it can't parse", () => {
  assert.throws(() => parseSource("a.ts", "const const"), /a\.ts/);
});

test("sees the workspace's modules and their imports", () => {
  const sources = readSources(["apps/api/src"]);
  const { imports } = sources.find(({ path }) => path === "apps/api/src/app.ts");
  assert.ok(imports.includes("apps/api/src/platform/http/serve.ts"));
});
