import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./check-module-state.mjs";
import { parseSource } from "./sources.mjs";

const faults = (text, path = "session/epochs.ts") => faultsOf([parseSource(`apps/web/src/${path}`, text)]);

test("finds state of a module", () => {
  assert.match(faults("\nlet epoch = 1;")[0], /session\/epochs\.ts:2: epoch is state of a module/);
  for (const planted of [
    "export let epoch = 1;",
    "const listeners = new Set();",
    "const known = new Map<string, number>();",
    "const known = new WeakMap();",
    "export const asked: string[] = [];",
    "const current = { value: null, set(value) { this.value = value; } }, made = new AbortController();",
  ]) {
    assert.equal(faults(planted).length, 1, planted);
  }
});

test("lets a module have constants, and a function have state", () => {
  for (const fine of [
    "export const KEYS = [1, 2];",
    'const KNOWN = new Set(["a"]);',
    "export function createEpochs() { let epoch = 1; const known = new Map(); return { next: () => ++epoch, known }; }",
    "export const Context = createContext(null);",
    "for (const one of [1]) { let two = one; f(two); }",
  ]) {
    assert.deepEqual(faults(fine), [], fine);
  }
});

test("lets a test and a named memo keep what they need", () => {
  assert.deepEqual(faults("let other;", "app/tabs.test.tsx"), []);
  assert.deepEqual(faults("const namesByCurrency = new Map();", "platform/ui/price.ts"), []);
});
