// Says which way imports between packages may point, and fails on one that points another way.
// The rooms within an app are the business of check-rooms.mjs, and circles of files of a rule of Biome's.
import { isTest, runCheck } from "./sources.mjs";

/**
 * Each rule: files that match `from` must not import files that match `to`, and why. Tests may, save where `isOfTestsToo`.
 */
const rules = [
  { from: /^packages\/contract\/src/, to: /^(?!packages\/contract\/)/, why: "the contract stands on zod alone" },
  {
    from: /^packages\/testkit\//,
    to: /^(?!packages\/testkit\/)/,
    why: "the test kit knows nothing of ours",
    isOfTestsToo: true,
  },
  {
    from: /^apps\/web\/src\//,
    to: /^packages\/contract\/recordings\//,
    why: "recordings are for mocks and documents: no page loads them",
  },
  {
    from: /^packages\/scenarios\/src/,
    to: /^(?!packages\/(?:scenarios|contract|testkit)\/)/,
    why: "scenarios know a shop by HTTP alone",
  },
  { from: /^apps\/api\//, to: /^apps\/(?!api\/)/, why: "apps never import apps" },
  { from: /^apps\/web\//, to: /^apps\/(?!web\/)/, why: "apps never import apps" },
  { from: /^apps\/e2e\//, to: /^apps\/(?!e2e\/)/, why: "apps never import apps" },
  { from: /\/src\//, to: /\/test\/|\.test\.tsx?$/, why: "the product does not stand on its tests" },
];

/** Every import of these sources that a rule forbids. */
export function faultsOf(sources) {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap((to) => broken(path, to).map(({ why }) => `${path} imports ${to}: ${why}`)),
  );
}

function broken(from, to) {
  return rules.filter(
    (rule) => rule.from.test(from) && rule.to.test(to) && (!isTest(from) || rule.isOfTestsToo === true),
  );
}

runCheck(import.meta.url, { places: ["apps", "packages"], atLeast: 500, faultsOf });
