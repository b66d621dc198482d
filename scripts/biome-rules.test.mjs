// Biome holds what it has rules for. A rule that matches no file says nothing, so each finds a fault planted for it.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { capture, root } from "./tools.mjs";

const folder = mkdtempSync(join(tmpdir(), "biome-rules-"));
after(() => rmSync(folder, { recursive: true }));
copyFileSync(join(root, "biome.json"), join(folder, "biome.json"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");

const long = (name, lines) => `export function ${name}() {\n${"  f();\n".repeat(lines)}}\n`;

const PLANTED = {
  "apps/web/src/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
  "apps/web/src/b.ts": 'export const b = async () => (await import("./a.ts")).a;\n',
  "apps/web/src/catalog/html.tsx": "export const Html = () => <p dangerouslySetInnerHTML={{ __html: text }} />;\n",
  "apps/web/src/platform/ui/html.tsx": "export const Html = () => <p dangerouslySetInnerHTML={{ __html: text }} />;\n",
  "apps/api/src/identity/users/findUser.ts": "export const findUser = 1;\n",
  "packages/contract/src/some_thing.ts": "export const someThing = 1;\n",
  "packages/contract/src/c.ts": 'import type { D } from "./d.ts";\nexport type C = D | null;\n',
  "packages/contract/src/d.ts": 'import type { C } from "./c.ts";\nexport type D = C | null;\n',
  "packages/contract/src/long.ts": "export const a = 1;\n".repeat(251),
  "apps/api/src/shop/long.ts": long("long", 61),
  "apps/web/src/shop/useShop.ts": "export const useShop = 1;\n",
  "apps/web/src/shop/shop-form.tsx": long("ShopForm", 61),
  "apps/web/src/shop/long.tsx": "export const a = 1;\n".repeat(251),
  "apps/web/src/shop/shop-form.test.tsx": long("play", 251),
  "apps/api/src/shop/routes.ts": long("serveShop", 61),
  "apps/api/src/shop/shop.test.ts": long("play", 251),
};

for (const [path, text] of Object.entries(PLANTED)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const options = ["--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none"];
const { printed } = await capture(join(root, "node_modules/.bin/biome"), ["lint", ...options, "."], { cwd: folder });
const found = JSON.parse(printed).diagnostics.map(({ category, location }) => `${location.path} ${category}`);

for (const fault of [
  "apps/web/src/a.ts lint/suspicious/noImportCycles",
  "apps/web/src/b.ts lint/suspicious/noImportCycles",
  "apps/web/src/catalog/html.tsx lint/security/noDangerouslySetInnerHtml",
  "apps/api/src/identity/users/findUser.ts lint/style/useFilenamingConvention",
  "packages/contract/src/some_thing.ts lint/style/useFilenamingConvention",
  "packages/contract/src/c.ts lint/suspicious/noImportCycles",
  "packages/contract/src/d.ts lint/suspicious/noImportCycles",
  "packages/contract/src/long.ts lint/style/noExcessiveLinesPerFile",
  "apps/web/src/shop/useShop.ts lint/style/useFilenamingConvention",
  "apps/web/src/shop/shop-form.tsx lint/complexity/noExcessiveLinesPerFunction",
  "apps/web/src/shop/long.tsx lint/style/noExcessiveLinesPerFile",
  "apps/api/src/shop/long.ts lint/complexity/noExcessiveLinesPerFunction",
]) {
  test(`Biome finds ${fault}`, () => assert.ok(found.includes(fault), found.join("\n")));
}

test("Biome lets one component take HTML", () => {
  const takers = found.filter((fault) => fault.includes("noDangerouslySetInnerHtml"));
  assert.equal(takers.length, 1, takers.join("\n"));
});

test("Biome lets route tables have long functions, and tests be long", () => {
  const lengths = found.filter((fault) => fault.includes("noExcessiveLines"));
  assert.equal(lengths.length, 4, lengths.join("\n"));
});
