import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOfSource, faultsOfStyles } from "./check-tokens.mjs";
import { parseSource } from "./sources.mjs";

const path = "apps/web/src/app/shell.module.css";
const faults = (text) => faultsOfStyles({ path, text });

for (const [what, declaration] of [
  ["colour", "color: #fff"],
  ["colour", "background: rgb(0 0 0 / 50%)"],
  ["colour", "--own: white"],
  ["colour", "border: 1px solid oklch(0.5 0.1 20)"],
  ["radius", "border-radius: 8px"],
  ["radius", "border-top-left-radius: 50%"],
  ["size of type", "font-size: 0.9rem"],
  ["size of type", "font: 16px Arial"],
  ["typeface", "font-family: Georgia, serif"],
  ["shadow", "box-shadow: 0 1px 2px currentcolor"],
  ["distance", "padding: var(--space-2) 0.7rem"],
  ["distance", "margin-top: clamp(1rem, 2vw, 3rem)"],
  ["duration", "transition: opacity 300ms"],
]) {
  test(`finds a raw ${what} in ${declaration}`, () => {
    const found = faults(`/* A box. */\n.box {\n  display: grid;\n  ${declaration};\n}`);
    assert.equal(found.length, 1);
    assert.match(found[0], new RegExp(`^${path}:4 has a ${what} of its own`));
  });
}

test("finds a breakpoint that is none of the four", () => {
  assert.equal(faults("@media (min-width: 52rem) { .a { display: none; } }").length, 1);
  assert.equal(faults("@container (max-width: 600px) { .a { display: none; } }").length, 1);
});

for (const declaration of [
  "color: var(--ink-1)",
  "border: 1px solid currentcolor",
  "border-radius: var(--radius-md) var(--radius-md) 0 0",
  "font-size: inherit",
  "margin: calc(var(--space-2) * -1) auto 0",
  "padding: clamp(var(--space-2), 2vw, var(--space-6)) 1px",
  "width: 12rem",
  "transition: transform var(--quick) var(--ease)",
]) {
  test(`takes ${declaration} for a use of tokens`, () => assert.deepEqual(faults(`.box { ${declaration}; }`), []));
}

test("lets comments, the tokens themselves and the usual breakpoints be", () => {
  assert.deepEqual(faults("/* color: #fff; */ @media (max-width: 47.99rem) { .a { color: inherit; } }"), []);
  assert.deepEqual(
    faultsOfStyles({ path: "apps/web/src/platform/ui/tokens.css", text: ":root { --ink-1: #211a1e; }" }),
    [],
  );
});

test("finds a colour in a component, and takes a fragment for none", () => {
  const found = (code) => faultsOfSource(parseSource("apps/web/src/a.tsx", code));
  assert.equal(found('const a = <path fill="#000" />;').length, 1);
  assert.deepEqual(found('const a = <a href="#main">Main</a>;'), []);
});
